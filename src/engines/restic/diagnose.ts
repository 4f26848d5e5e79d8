import { HoldfastError } from '../../errors/holdfast-error.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Finished } from '../../process/types.ts';
import type { Place } from './place.ts';
import type { ResticDialect } from './versions.ts';

/** What restic said when it failed, read as a cause. Texts are those of its own sources; each version keeps the older ones. */
export type Cause =
  | 'missing'
  | 'wrong-password'
  | 'locked'
  | 'unreachable'
  | 'full'
  | 'no-snapshot'
  | 'denied'
  | 'damaged'
  | 'other';

/** The cause of a failure. The exit code decides where it tells something; otherwise the words on standard error do. */
export function causeOf(finished: Pick<Finished, 'exitCode' | 'stderr'>, dialect: ResticDialect): Cause {
  if (dialect.tellingExitCodes) {
    const known = exitCauses[finished.exitCode ?? 0];
    if (known !== undefined) return known;
  }
  const said = complaintsIn(finished.stderr, { ok: false }).join('\n');
  return words.find(([, pattern]) => pattern.test(said))?.[0] ?? 'other';
}

const exitCauses: Readonly<Record<number, Cause>> = { 10: 'missing', 11: 'locked', 12: 'wrong-password' };

/** In this order: what keeps restic from reading at all comes before what it found while reading. */
const words: readonly (readonly [Cause, RegExp])[] = [
  ['wrong-password', /wrong password or no key found/],
  [
    'unreachable',
    /ssh command exited|unable to start the sftp session|Could not resolve host|Connection (?:refused|timed out|reset|closed)|Host key verification failed|Permission denied \(|connection lost|sftp: connection|No route to host/i,
  ],
  ['locked', /already locked/],
  ['full', /no space left on device|disk quota exceeded/i],
  ['no-snapshot', /no matching ID found|no snapshot found|invalid id/],
  [
    'missing',
    /Is there a repository at the following location|unable to open config file.*(?:no such file|not exist)/is,
  ],
  [
    'damaged',
    /ciphertext verification failed|invalid data returned|hash mismatch|hash does not match|wrong data returned|repository contains errors|not found in (?:index|repository)|load.*(?:no such file|does not exist)|invalid length|unexpected EOF|packs? .* (?:contains|does not)|config or key .* is damaged|data is corrupted|decrypt/i,
  ],
  ['denied', /permission denied|operation not permitted|read-only file system/i],
];

/** The error that a failed call ends in. `output` is already redacted. */
export function failure(
  place: Place,
  finished: Finished,
  dialect: ResticDialect,
  call: { readonly what: string; readonly output: string; readonly limitMs: number; readonly snapshot?: string },
): HoldfastError {
  const { store, location } = place;
  const extra = { output: call.output };
  const account = place.account.name;
  if (finished.cancelled) return new HoldfastError('cancelled', { what: call.what });
  if (finished.timedOut) {
    const limit = formatDuration(call.limitMs);
    return new HoldfastError('store-timeout', { program: 'restic', store, location, limit }, extra);
  }
  const problem = firstLine(call.output);
  switch (causeOf(finished, dialect)) {
    case 'missing':
      return new HoldfastError('store-missing', { store, location }, extra);
    case 'wrong-password':
      return new HoldfastError('store-wrong-password', { store, location }, extra);
    case 'locked':
      return new HoldfastError('store-locked', { store, location, holder: lockHolder(call.output) }, extra);
    case 'unreachable':
      return new HoldfastError('store-unreachable', { store, location, reason: problem, account }, extra);
    case 'full':
      return new HoldfastError('store-full', { store, location }, extra);
    case 'no-snapshot':
      return new HoldfastError('snapshot-missing', { store, location, snapshot: call.snapshot ?? '' }, extra);
    case 'denied':
      return new HoldfastError('store-denied', { store, location, account }, extra);
    case 'damaged':
      return new HoldfastError('store-damaged', { store, location, problem }, extra);
    case 'other': {
      const exit = finished.exitCode ?? finished.signal ?? 'no exit code';
      return new HoldfastError('store-failed', { program: 'restic', store, location, reason: problem, exit }, extra);
    }
  }
}

/**
 * The lines in which restic says what went wrong, without what it got over: the lock of another restic that was gone before it could be
 * read, and where all ended well, whatever was tried again.
 */
export function complaintsIn(output: string, { ok }: Pick<Finished, 'ok'>): readonly string[] {
  return output.split('\n').filter((line) => line !== '' && !(ok ? triedAgain : lockGone).test(line));
}

const triedAgain = /^[A-Z][a-z]+\(.*\) returned error, retrying after /;
const lockGone = /^Load\(<lock\/.*\) returned error, retrying after .*(?:no such file|does not exist)/;

/** The line that says most, without restic's own prefix. */
export function firstLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((candidate) => /fatal|error|failed/i.test(candidate)) ?? lines[0] ?? 'it said nothing';
  return line.replace(/^Fatal: /, '').slice(0, 300);
}

function lockHolder(output: string): string {
  return /already locked (?:exclusively )?by ([^\n]+)/.exec(output)?.[1] ?? 'it does not say by whom';
}

import { constants } from 'node:fs';
import { access, chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { redactor } from '../../lib/redact.ts';
import { run } from '../../process/run.ts';
import type { Capability, Finished, Sandbox } from '../../process/types.ts';
import type { Bench } from '../types.ts';
import { causeOf, complaintsIn, failure } from './diagnose.ts';
import { type Place, sshOptions } from './place.ts';
import { type ResticDialect, resticDialect } from './versions.ts';

export interface Call {
  /** What it is for, as in "Listing store ring": begins a message. */
  readonly what: string;
  /** Subcommand and its arguments, built for the version at hand. */
  readonly args: (dialect: ResticDialect) => readonly string[];
  readonly cwd?: string;
  /** A second repository to read from. */
  readonly from?: Place;
  readonly capabilities?: readonly Capability[];
  readonly sandbox?: Sandbox;
  readonly snapshot?: string;
  /** Reads only: on a medium that cannot be written it goes on without a lock. */
  readonly readOnly?: boolean;
  readonly onLine?: (line: string) => void;
  readonly limitMs: number;
  /** Resolve with failures that were no success but had an outcome of their own, instead of throwing. */
  readonly accept?: (finished: Finished, dialect: ResticDialect) => boolean;
}

/** How a call ended, and what its standard error complains of, redacted. */
export interface Called {
  readonly finished: Finished;
  readonly problems: readonly string[];
}

/** Listings of large repositories are tens of megabytes of JSON. */
const keepBytes = 512 * 1024 * 1024;
/** restic removes its lock on SIGTERM from 0.16 on; give it the time to do so. */
const graceMs = 5000;

/**
 * Runs restic on a repository. A lock that a dead process left is removed once and the call repeated; locks of the living
 * stay. Throws the store error that names the cause.
 */
export async function callRestic(place: Place, call: Call, bench: Bench): Promise<Called> {
  const dialect = await resticDialect();
  const password = await place.password();
  const fromPassword = await call.from?.password();
  const redact = redactor(fromPassword === undefined ? [password] : [password, fromPassword]);
  if (usesCache(place) || (call.from !== undefined && usesCache(call.from))) await prepareCache(place);
  const attempt = (args: readonly string[], sandboxed: boolean): Promise<Finished> =>
    run(
      {
        program: 'restic',
        args: [...globalArguments(place, call.from, dialect), ...args],
        env: {
          ...environment(place),
          RESTIC_PASSWORD: password,
          ...(fromPassword === undefined ? {} : { RESTIC_FROM_PASSWORD: fromPassword }),
        },
        account: place.account,
        ...(call.cwd === undefined ? {} : { cwd: call.cwd }),
        ...(call.capabilities === undefined || process.getuid?.() !== 0 ? {} : { capabilities: call.capabilities }),
        ...(call.sandbox === undefined || !sandboxed ? {} : { sandbox: call.sandbox }),
      },
      {
        signal: bench.signal,
        timeoutMs: call.limitMs,
        graceMs,
        keepBytes,
        ...(call.onLine === undefined ? {} : { onStdoutLine: call.onLine }),
      },
    );
  const wanted = call.args(dialect);
  const noLock = call.readOnly && !wanted.includes('--no-lock') && !(await takesLocks(place)) ? ['--no-lock'] : [];
  const args = [...wanted, ...noLock];
  let finished = await attempt(args, true);
  if (!finished.ok && !finished.cancelled && causeOf(finished, dialect) === 'locked') {
    // Only stale locks: older than half an hour, or of a process of this machine that is gone.
    await attempt(['unlock'], false);
    finished = await attempt(args, true);
  }
  const output = redact(finished.stderr.trim());
  const called: Called = { finished, problems: complaintsIn(output, finished) };
  if (finished.ok || (!finished.cancelled && !finished.timedOut && call.accept?.(finished, dialect))) return called;
  throw failure(place, finished, dialect, { ...call, output });
}

function globalArguments(place: Place, from: Place | undefined, dialect: ResticDialect): string[] {
  return [
    `--repo=${place.repository}`,
    ...(from === undefined ? [] : [`--from-repo=${from.repository}`]),
    // A repository on this machine is as near as a cache of it would be.
    ...(usesCache(place) || (from !== undefined && usesCache(from))
      ? [`--cache-dir=${place.cacheDirectory}`, '--cleanup-cache']
      : ['--no-cache']),
    ...sshOptions(from === undefined ? [place] : [place, from], dialect),
  ];
}

function environment(place: Place): Record<string, string> {
  const agent = process.env.SSH_AUTH_SOCK;
  return {
    RESTIC_PROGRESS_FPS: '4',
    ...(place.ssh !== undefined && agent !== undefined ? { SSH_AUTH_SOCK: agent } : {}),
  };
}

/** False for a repository on a medium that is mounted read-only, or whose directory the account may not write. */
async function takesLocks({ directory, account }: Place): Promise<boolean> {
  if (directory === undefined) return true;
  const locks = join(directory, 'locks');
  const writable = await access(locks, constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  if (!writable || process.getuid?.() === account.uid) return writable;
  // As root the question above is about the medium only; the account is asked about by the directory's rights.
  const found = await stat(locks).catch(() => undefined);
  if (found === undefined) return true;
  return (found.mode & (found.uid === account.uid ? 0o200 : found.gid === account.gid ? 0o020 : 0o002)) !== 0;
}

function usesCache(place: Place): boolean {
  return place.directory === undefined;
}

async function prepareCache(place: Place): Promise<void> {
  const made = await mkdir(place.cacheDirectory, { recursive: true, mode: 0o700 });
  if (made !== undefined && process.getuid?.() === 0) {
    await chown(place.cacheDirectory, place.account.uid, place.account.gid);
  }
}

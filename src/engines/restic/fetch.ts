import { chown, lstat, mkdir, readdir } from 'node:fs/promises';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Sandbox } from '../../process/types.ts';
import type { Bench, Fetched, FetchOptions } from '../types.ts';
import { callRestic } from './call.ts';
import { type Cause, causeOf, firstLine } from './diagnose.ts';
import { ProgressLine, parseLine } from './messages.ts';
import type { Place } from './place.ts';

const week = 7 * 86_400_000;

/**
 * Restores a snapshot below `into`: what was kept as `/srv/uploads` comes to `into/srv/uploads`, what was kept relative to a
 * base comes to `into/<relative path>`. Refuses a directory that is not empty (`directory-not-empty`). Any file that could
 * not be read or written is an error: `store-damaged`, `restore-incomplete`.
 */
export async function fetch(
  place: Place,
  snapshot: string,
  into: string,
  options: FetchOptions,
  bench: Bench,
): Promise<Fetched> {
  const begun = bench.clock.monotonic();
  await makeEmpty(place, into);
  const sandbox = options.isolated === true ? sandboxFor(place, into) : undefined;
  const called = await callRestic(
    place,
    {
      what: `Fetching from store ${place.store}`,
      args: (dialect) => [
        ...['restore', snapshot, `--target=${into}`],
        ...(dialect.restoreJson ? ['--json'] : []),
        ...(sandbox === undefined ? [] : ['--no-lock']),
      ],
      ...(sandbox === undefined ? {} : { sandbox }),
      ...(options.ownership === true ? { capabilities: ['chown', 'dac_override', 'fowner'] as const } : {}),
      readOnly: true,
      snapshot,
      limitMs: week,
      onLine: (line) => tellProgress(line, bench),
      // Damage, and a store that cannot be read, have codes of their own; what remains was found while writing.
      accept: (finished, dialect) => isAboutTarget(causeOf(finished, dialect), finished.stderr, into),
    },
    bench,
  );
  const said = called.problems.filter((line) => !harmless.test(line));
  // In a sandbox there are no other accounts to give a file to: restic counts each such file as an error.
  const problems = options.ownership === true ? said : withoutOwners(said);
  const onlyOwners = said.length > 0 && problems.length === 0;
  if (problems.length > 0 || (!called.finished.ok && !onlyOwners)) {
    const output = problems.join('\n');
    const details = { snapshot: snapshot.slice(0, 8), store: place.store, into, problem: firstLine(output) };
    throw new HoldfastError('restore-incomplete', details, { output });
  }
  const counted = await count(into);
  bench.progress({ done: counted.bytes, total: counted.bytes, unit: 'bytes' });
  return { ...counted, durationMs: bench.clock.monotonic() - begun };
}

/** What remains when files that could not be given to their owner are left out; all of it, unless restic counted just those. */
function withoutOwners(lines: readonly string[]): readonly string[] {
  const owners = lines.filter((line) => notGiven.test(line));
  const others = lines.filter((line) => !notGiven.test(line));
  const counted = others.length === 1 ? /\bThere were (\d+) errors\b/.exec(others[0] ?? '') : null;
  return counted !== null && Number(counted[1]) === owners.length ? [] : lines;
}

const notGiven = /^ignoring error for .*: l?chown .*: (?:invalid argument|operation not permitted)$/i;
const harmless = /^(created new cache|repository [0-9a-f]+ opened|\[?\d+:\d+\]?)/;

function isAboutTarget(cause: Cause, stderr: string, into: string): boolean {
  return cause === 'other' || (cause === 'denied' && stderr.includes(into) && !stderr.includes('Load('));
}

/** The store read-only, the target writable, nothing else and no network. A remote store needs ssh and its keys: no sandbox. */
function sandboxFor(place: Place, into: string): Sandbox | undefined {
  if (place.directory === undefined) return undefined;
  return {
    network: false,
    readable: { [place.directory]: place.directory },
    writable: { [into]: into },
  };
}

async function makeEmpty(place: Place, into: string): Promise<void> {
  const made = await mkdir(into, { recursive: true, mode: 0o700 });
  if (made !== undefined && process.getuid?.() === 0) await chown(into, place.account.uid, place.account.gid);
  const [example] = await readdir(into);
  if (example !== undefined) throw new HoldfastError('directory-not-empty', { into, example });
}

function tellProgress(line: string, bench: Bench): void {
  const status = parseLine(ProgressLine, line);
  if (status?.message_type !== 'status') return;
  bench.progress({
    done: status.bytes_restored ?? 0,
    ...(status.total_bytes === undefined ? {} : { total: status.total_bytes }),
    unit: 'bytes',
  });
}

/** What is really there now, not what a summary says. */
async function count(directory: string): Promise<{ files: number; bytes: number }> {
  let files = 0;
  let bytes = 0;
  const waiting: Buffer[] = [Buffer.from(directory)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const parent = next;
    for (const entry of await readdir(parent, { withFileTypes: true, encoding: 'buffer' })) {
      const path = Buffer.concat([parent, slash, entry.name]);
      if (entry.isDirectory()) waiting.push(path);
      if (!entry.isFile()) continue;
      files += 1;
      bytes += (await lstat(path)).size;
    }
  }
  return { files, bytes };
}

const slash = Buffer.from('/');

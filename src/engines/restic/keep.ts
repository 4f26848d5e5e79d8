import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Bench, KeepRequest, Kept } from '../types.ts';
import { type Called, callRestic } from './call.ts';
import { firstLine } from './diagnose.ts';
import { list } from './list.ts';
import { BackupSummary, ProgressLine, parseLine } from './messages.ts';
import type { Place } from './place.ts';
import { encodeTags, snapshotHost } from './tags.ts';

const day = 86_400_000;

/**
 * Backs paths up as one snapshot. Anything that restic could not read, or said on standard error, makes it a failure: the
 * incomplete snapshot is removed again, so that no retention rule takes it for the day's good one. Throws `source-missing`,
 * `backup-incomplete` and the store errors.
 */
export async function keep(place: Place, request: KeepRequest, bench: Bench): Promise<Kept> {
  const begun = bench.clock.monotonic();
  // restic before 0.19 leaves out a path that is not there, and reports success.
  for (const path of request.paths) await demand(path);
  let summary: BackupSummary | undefined;
  const called = await callRestic(
    place,
    {
      what: `Backing up to store ${place.store}`,
      args: (dialect) => [
        ...['backup', '--json', `--host=${snapshotHost}`, `--time=${resticTime(request.time)}`],
        ...encodeTags(request.tags).map((tag) => `--tag=${tag}`),
        ...(dialect.backupGroupBy ? ['--group-by=host,paths'] : []),
        ...(request.exclude ?? []).map((pattern) => `--exclude=${pattern}`),
        ...['--', ...request.paths.map((path) => within(request.base, path))],
      ],
      ...(request.base === undefined ? {} : { cwd: request.base }),
      capabilities: ['dac_read_search'],
      limitMs: 7 * day,
      onLine: (line) => {
        summary = parseLine(BackupSummary, line) ?? summary;
        tellProgress(line, bench);
      },
      accept: (finished) => finished.exitCode === 3,
    },
    bench,
  );
  return await judge(place, called, summary, bench.clock.monotonic() - begun, request, bench);
}

async function judge(
  place: Place,
  called: Called,
  summary: BackupSummary | undefined,
  durationMs: number,
  request: KeepRequest,
  bench: Bench,
): Promise<Kept> {
  const { store } = place;
  const problems = called.problems.filter((line) => !harmless.test(line));
  if (called.finished.ok && problems.length === 0) {
    if (summary?.snapshot_id === undefined) {
      throw new HoldfastError('store-output', { program: 'restic', store, reason: 'it names no snapshot' });
    }
    return {
      snapshot: await fullId(place, summary.snapshot_id, request, bench),
      files: summary.total_files_processed,
      bytes: summary.total_bytes_processed,
      added: summary.data_added_packed ?? summary.data_added,
      durationMs,
    };
  }
  if (summary?.snapshot_id !== undefined) await removeAgain(place, summary.snapshot_id, bench);
  const output = problems.join('\n');
  throw new HoldfastError('backup-incomplete', { store, problem: firstLine(output) }, { output });
}

const harmless = /^(created new cache|no parent snapshot found|using parent snapshot|repository [0-9a-f]+ opened)/;

async function removeAgain(place: Place, snapshot: string, bench: Bench): Promise<void> {
  try {
    await callRestic(
      place,
      {
        what: 'Removing an incomplete snapshot',
        args: () => ['forget', snapshot],
        limitMs: day / 24,
      },
      bench,
    );
  } catch {
    bench.warn(`The incomplete snapshot ${snapshot} is still in store ${place.store}.`);
  }
}

/** restic before 0.16 tells eight characters of the id; a repository names its snapshot files by the whole id. */
async function fullId(place: Place, id: string, request: KeepRequest, bench: Bench): Promise<string> {
  if (id.length === 64) return id;
  const names =
    place.directory === undefined
      ? (await list(place, request.tags, bench)).map((snapshot) => snapshot.id)
      : await readdir(join(place.directory, 'snapshots'));
  const found = names.filter((name) => name.startsWith(id));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const reason = `the snapshot ${id} is there ${found.length} times`;
  throw new HoldfastError('store-output', { program: 'restic', store: place.store, reason });
}

function tellProgress(line: string, bench: Bench): void {
  const status = parseLine(ProgressLine, line);
  if (status?.message_type !== 'status') return;
  bench.progress({
    done: status.bytes_done ?? 0,
    ...(status.total_bytes === undefined ? {} : { total: status.total_bytes }),
    unit: 'bytes',
  });
}

async function demand(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : String(error);
    throw new HoldfastError('source-missing', { path, reason }, { cause: error });
  }
}

function within(base: string | undefined, path: string): string {
  return base === undefined ? path : relative(base, path) || '.';
}

/** restic reads local time to the second; TZ is UTC in its environment. */
function resticTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

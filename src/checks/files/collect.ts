import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { together } from '../../lib/together.ts';
import type { FilesFacts, ManifestEntry } from '../facts.ts';
import { excluder, type IsExcluded } from './exclude.ts';
import { hashFile } from './hash-file.ts';
import { inParallel } from './in-parallel.ts';
import { pathBytes } from './path-text.ts';
import { isGone, look, type Seen, unreadable, walk } from './walk.ts';

export interface CollectFilesOptions {
  /** Patterns that the backup leaves out, as restic reads them. */
  readonly exclude?: readonly string[];
  /** The canary that was written before. */
  readonly canary?: { readonly path: string; readonly sha256: string };
}

/** Bytes of each of the buffers that files are read through, and how many there are. */
const bufferBytes = 1 << 20;
const lanes = 4;

/** Linux stamps changes with the time of its last tick: within one tick a second change is not seen. */
const tickMs = 25;

/**
 * Records what files are while `keep` backs them up: looks at all of them, hashes them beside the backup, and looks again after
 * it. What changed in between, came or went is `unstable`: nobody knows which state the backup holds, and it is not compared.
 * Throws what `keep` throws and `file-unreadable`. Memory is about 500 bytes a file.
 */
export async function collectFilesFacts<Result>(
  roots: readonly string[],
  keep: (bench: Bench) => Promise<Result>,
  options: CollectFilesOptions,
  bench: Bench,
): Promise<{ readonly facts: FilesFacts; readonly kept: Result }> {
  const isExcluded = excluder(options.exclude ?? []);
  const known = await lookAtAll(roots, isExcluded, bench);
  const [kept] = await together<[Result, unknown]>(
    bench.signal,
    (signal) => keep({ ...bench, signal }),
    (signal) => hashAll(known, { ...bench, signal }),
  );
  await markUnstable(roots, isExcluded, known, bench);
  const entries = known.map((item) => item.entry);
  const canary = options.canary === undefined ? {} : { canary: options.canary };
  return { facts: { kind: 'files', roots: [...roots], entries, ...canary }, kept };
}

interface Known {
  entry: ManifestEntry;
  changedNs: bigint;
}

async function lookAtAll(roots: readonly string[], isExcluded: IsExcluded, bench: Bench): Promise<Known[]> {
  const known: Known[] = [];
  for await (const seen of walk(roots.map(toBuffer), { isExcluded })) {
    demandGoing(bench);
    known.push({ entry: seen.entry, changedNs: seen.changedNs });
  }
  await settle(known, bench);
  return known;
}

/** Looks again at what changed within the last tick, once that tick is over: from then on any change shows. */
async function settle(known: readonly Known[], bench: Bench): Promise<void> {
  const edge = BigInt(bench.clock.now().getTime() - 1000) * 1_000_000n;
  const fresh = known.filter((item) => item.changedNs > edge);
  if (fresh.length === 0) return;
  await delay(tickMs);
  for (const item of fresh) {
    const now = await look(pathBytes(item.entry.path));
    if (now === undefined) continue;
    item.entry = now.entry;
    item.changedNs = now.changedNs;
  }
}

async function hashAll(known: readonly Known[], bench: Bench): Promise<void> {
  const buffers = Array.from({ length: lanes }, () => Buffer.allocUnsafe(bufferBytes));
  const files = known.filter((item) => item.entry.kind === 'file');
  const total = files.length;
  let done = 0;
  await inParallel(lanes, files, async (item, lane) => {
    demandGoing(bench);
    const path = pathBytes(item.entry.path);
    try {
      item.entry.sha256 = await hashFile(path, buffers[lane] ?? Buffer.allocUnsafe(bufferBytes), bench.signal);
    } catch (error) {
      demandGoing(bench);
      // ELOOP: a link stands where the file was.
      if (!isGone(error) && (error as NodeJS.ErrnoException).code !== 'ELOOP') throw unreadable(path, error);
      item.entry.unstable = true;
    }
    done += 1;
    if (done % 500 === 0 || done === total) bench.progress({ done, total, unit: 'files' });
  });
}

async function markUnstable(
  roots: readonly string[],
  isExcluded: IsExcluded,
  known: Known[],
  bench: Bench,
): Promise<void> {
  const before = new Map(known.map((item) => [item.entry.path, item]));
  const added: Known[] = [];
  for await (const seen of walk(roots.map(toBuffer), { isExcluded })) {
    demandGoing(bench);
    const item = before.get(seen.entry.path);
    if (item === undefined) added.push({ entry: { ...seen.entry, unstable: true }, changedNs: seen.changedNs });
    else if (isChanged(item, seen)) item.entry.unstable = true;
    before.delete(seen.entry.path);
  }
  for (const gone of before.values()) gone.entry.unstable = true;
  known.push(...added);
}

function isChanged(item: Known, seen: Seen): boolean {
  return item.changedNs !== seen.changedNs || item.entry.kind !== seen.entry.kind;
}

function demandGoing(bench: Bench): void {
  if (bench.signal.aborted) throw new HoldfastError('cancelled', { what: 'Reading files' });
}

function toBuffer(path: string): Buffer {
  return Buffer.from(path === '/' ? path : path.replace(/\/+$/, ''));
}

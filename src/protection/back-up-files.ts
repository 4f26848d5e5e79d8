import { writeFileCanary } from '../checks/files/canary.ts';
import { collectFilesFacts } from '../checks/files/collect.ts';
import { resolvePath } from '../config/paths.ts';
import type { FilesAsset } from '../config/site.ts';
import type { Bench } from '../engines/types.ts';
import { type BackedUp, type BackUpWork, keepPoint } from './back-up.ts';

/** Keeps files while their manifest is taken: what changes meanwhile is marked, and not compared later. */
export async function backUpFiles(work: BackUpWork, asset: FilesAsset, bench: Bench): Promise<BackedUp> {
  const roots = asset.files.paths.map((path) => resolvePath(path, work.source.directory));
  const { exclude } = asset.files;
  const [first = ''] = roots;
  const canary = asset.files.canary ? { canary: await writeFileCanary(first) } : {};
  const takenAt = work.estate.clock.now();
  const warnings: string[] = [];
  const { facts, kept } = await collectFilesFacts(
    roots,
    (linked) => work.store.keep({ paths: roots, exclude, tags: work.tags('data', takenAt), time: takenAt }, linked),
    { exclude, ...canary },
    bench,
  );
  const unstable = facts.entries.filter((entry) => entry.unstable === true).length;
  if (unstable > 0) warnings.push(`${unstable} files changed while they were backed up: a restore cannot compare them`);
  const amount = { bytes: kept.bytes, files: kept.files, rows: null };
  return await keepPoint(work, asset, { facts, amount, takenAt, warnings }, bench, async () => kept);
}

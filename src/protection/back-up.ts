import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../checks/facts.ts';
import type { Asset } from '../config/site.ts';
import type { Bench, Store } from '../engines/types.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { sha256 } from '../lib/hash.ts';
import { removeTree } from '../process/scratch.ts';
import type { Estate, SiteSource } from './estate.ts';
import { factsCachePath } from './facts-cache.ts';
import { type Amount, judgeBackup } from './judge.ts';
import type { RecoveryPoint } from './recovery-points.ts';
import { factsFile } from './stores.ts';

/** What a backup needs to know besides the asset itself. */
export interface BackUpWork {
  readonly estate: Estate;
  readonly source: SiteSource;
  /** The asset's name. */
  readonly name: string;
  /** The last good recovery point, to compare the size with. */
  readonly last: RecoveryPoint | undefined;
  /** The run's own directory. */
  readonly directory: string;
  readonly store: Store;
  readonly tags: (part: 'data' | 'facts', takenAt: Date) => Readonly<Record<string, string>>;
}

/** A backup that may be called a recovery point. */
export interface BackedUp {
  readonly takenAt: string;
  readonly finishedAt: string;
  readonly bytes: number;
  readonly files: number;
  readonly rows: number | null;
  readonly added: number;
  readonly dataSnapshot: string;
  readonly factsSnapshot: string;
  readonly factsSha256: string;
  readonly warnings: readonly string[];
}

interface Found {
  readonly facts: Facts;
  readonly amount: Amount;
  readonly takenAt: Date;
  readonly warnings: readonly string[];
}

/**
 * Judges a backup and keeps it: the data first, then the facts. The facts' snapshot is what makes it a recovery point; a
 * backup that is refused, or dies in between, has none.
 */
export async function keepPoint(
  work: BackUpWork,
  asset: Asset,
  found: Found,
  bench: Bench,
  keepData: () => Promise<{ readonly snapshot: string; readonly added: number }>,
): Promise<BackedUp> {
  const { facts, amount, takenAt, warnings } = found;
  judgeBackup(work.name, amount, {
    shrinkLimit: asset['shrink-limit'],
    allowEmpty: asset['allow-empty'],
    last: work.last,
  });
  const data = await keepData();
  const content = JSON.stringify(facts);
  const stage = await makeStage(work, 'facts');
  await writeFile(join(stage, factsFile), content, { mode: 0o644 });
  const kept = await work.store.keep(
    { paths: [join(stage, factsFile)], base: stage, tags: work.tags('facts', takenAt), time: takenAt },
    { ...bench, progress: () => undefined },
  );
  await writeFileAtomic(factsCachePath(work.estate, work.source.site.site, work.name), content);
  return {
    takenAt: takenAt.toISOString(),
    finishedAt: work.estate.clock.now().toISOString(),
    ...amount,
    added: data.added + kept.added,
    dataSnapshot: data.snapshot,
    factsSnapshot: kept.snapshot,
    factsSha256: sha256(content),
    warnings,
  };
}

/** An empty directory of the run that the account of the backup programs can write; what an earlier attempt left is removed. */
export async function makeStage(work: Pick<BackUpWork, 'estate' | 'directory'>, name: string): Promise<string> {
  const { uid, gid } = work.estate.account;
  const stage = join(work.directory, name);
  await removeTree(stage);
  await mkdir(work.directory, { recursive: true, mode: 0o711 });
  await mkdir(stage, { mode: 0o700 });
  if (process.getuid?.() === 0) {
    await chown(work.directory, uid, gid);
    await chown(stage, uid, gid);
  }
  return stage;
}

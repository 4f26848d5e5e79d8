import { cp, lstat, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareFiles } from '../checks/files/compare.ts';
import { resolvePath } from '../config/paths.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { AssetOutcome } from '../evidence/model.ts';
import { removeTree } from '../process/scratch.ts';
import { fetchPoint, readFacts } from './fetch-point.ts';
import { moveAside, removeEmpty } from './move-aside.ts';
import { fetchStep, validateStep } from './phase-steps.ts';
import type { Recovery } from './recover-asset.ts';
import { isEmpty } from './targets.ts';

type Found = Pick<AssetOutcome, 'checks' | 'engine'> & { readonly backAt: string };

/**
 * Fetches files, compares them with the manifest while nobody can change them, and only then puts them into place: a reader
 * meets either nothing or the whole.
 */
export async function recoverFiles(recovery: Recovery): Promise<Found> {
  const { estate, input, directory, step, phases } = recovery;
  const fetched = await step(fetchStep(input, 'restore.run'), (bench) =>
    fetchPoint(estate, input.source, input.chosen, directory, { isolated: false, ownership: true }, bench),
  );
  phases.fetchMs = fetched.durationMs;
  const validated = await step(validateStep(input.asset, 'the fetched files', 'restore.run'), async (bench) => {
    const facts = await readFacts(fetched.result.facts);
    if (facts.kind !== 'files') throw new TypeError(`the facts of ${input.asset} are those of ${facts.kind}`);
    return await compareFiles(facts, fetched.result.data, bench);
  });
  phases.validateMs = validated.durationMs;
  for (const other of input.waitFor) await recovery.run.waitFor(other);
  const placed = await step(
    {
      name: 'restore',
      title: `Put ${input.asset} into place`,
      gate: 'restore.run',
      effects: input.replace ? ['write', 'disrupt'] : ['write'],
      target: rootsOf(recovery).join(', '),
      summary: (aside: readonly string[]) => (aside.length === 0 ? 'into place' : `moved aside: ${aside.join(', ')}`),
    },
    () => putIntoPlace(recovery, fetched.result.data),
  );
  phases.restoreMs = placed.durationMs;
  return { checks: [...validated.result], engine: '', backAt: placed.finishedAt };
}

/** Absolute paths that the asset protects. */
function rootsOf({ input }: Recovery): string[] {
  const asset = input.source.site.assets[input.asset];
  if (asset === undefined || !('files' in asset)) throw new TypeError(`${input.asset} is no asset of files`);
  return asset.files.paths.map((path) => resolvePath(path, input.source.directory));
}

/** Returns where what stood there before was moved to. After a crash it goes on with the roots that are not in place yet. */
async function putIntoPlace(recovery: Recovery, data: string): Promise<readonly string[]> {
  const aside: string[] = [];
  for (const root of rootsOf(recovery)) {
    const fetched = join(data, root);
    if (await isMissing(fetched)) continue;
    if (!(await isEmpty(root))) {
      if (!recovery.input.replace) throw new HoldfastError('target-not-empty', { target: root });
      aside.push(await moveAside(root, recovery.input.at));
    }
    await removeEmpty(root);
    await moveInto(fetched, root);
  }
  return aside;
}

/** Renames where it can; across file systems it copies beside the target first, so that the last act is a rename as well. */
async function moveInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const beside = `${to}.holdfast-incoming`;
    await removeTree(beside);
    await cp(from, beside, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await rename(beside, to);
    await removeTree(from);
  }
}

async function isMissing(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => false,
    () => true,
  );
}

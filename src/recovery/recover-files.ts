import { lstat, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareFiles } from '../checks/files/compare.ts';
import { resolvePath } from '../config/paths.ts';
import type { Bench } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { AssetOutcome } from '../evidence/model.ts';
import { currentAccount } from '../process/account.ts';
import { run as runProgram } from '../process/run.ts';
import { removeTree } from '../process/scratch.ts';
import { besidePath, recordBeside } from '../protection/work.ts';
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
  const validated = await step(validateStep(input.asset, 'restore.run'), async (bench) => {
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
      gates: ['restore.run'],
      effects: input.replace ? ['write', 'disrupt'] : ['write'],
      target: `asset ${input.asset}`,
      summary: (aside: readonly string[]) => (aside.length === 0 ? 'into place' : `moved aside: ${aside.join(', ')}`),
    },
    (bench) => putIntoPlace(recovery, fetched.result.data, bench),
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
async function putIntoPlace(recovery: Recovery, data: string, bench: Bench): Promise<readonly string[]> {
  const aside: string[] = [];
  for (const root of rootsOf(recovery)) {
    const ready = await makeReady(recovery, join(data, root), root, bench);
    if (ready === undefined) continue;
    if (!(await isEmpty(root))) {
      if (!recovery.input.replace) throw new HoldfastError('target-not-empty', { target: root });
      aside.push(await moveAside(root, recovery.input.at));
    }
    await removeEmpty(root);
    await rename(ready, root);
  }
  return aside;
}

/**
 * Brings what was fetched where one rename puts it into place, and says where that is; undefined when it is in place. On
 * another file system it is copied beside the target, and what was fetched is renamed once the copy is whole: neither of the two left
 * means that an earlier attempt was done.
 */
async function makeReady(
  { estate, run }: Recovery,
  fetched: string,
  root: string,
  bench: Bench,
): Promise<string | undefined> {
  await mkdir(dirname(root), { recursive: true });
  const beside = besidePath(run.id, root);
  if (await isMissing(fetched)) return (await isMissing(beside)) ? undefined : beside;
  if ((await lstat(fetched)).dev === (await lstat(dirname(root))).dev) return fetched;
  await recordBeside(estate, run.id, beside);
  await removeTree(beside);
  await copyWhole(fetched, beside, bench);
  await rename(fetched, `${fetched}.copied`);
  return beside;
}

/** With owners, links and extended attributes, as whoever runs Holdfast: only root may give files to others. */
async function copyWhole(from: string, to: string, bench: Bench): Promise<void> {
  const finished = await runProgram(
    { program: 'cp', args: ['-a', '--', from, to], account: currentAccount() },
    { signal: bench.signal, timeoutMs: 7 * 86_400_000 },
  );
  if (finished.cancelled) throw new HoldfastError('cancelled', { what: 'Putting files into place' });
  if (!finished.ok) {
    const [problem = ''] = finished.stderr.split('\n');
    throw new HoldfastError('files-not-copied', { from, to, problem }, { output: finished.stderr });
  }
}

async function isMissing(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => false,
    () => true,
  );
}

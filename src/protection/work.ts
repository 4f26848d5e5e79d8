import { access, mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toErrorRecord } from '../errors/holdfast-error.ts';
import type { Run } from '../execution/types.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { untilAbandoned } from '../process/abandoned.ts';
import { removeTree } from '../process/scratch.ts';
import type { Estate } from './estate.ts';

/** Work of a run that must outlive the process: fetched data, half-made databases. Removed when the run ends. */
export function workDirectory(estate: Pick<Estate, 'dataDirectory'>, run: string): string {
  return join(estate.dataDirectory, 'runs', ...run.split('/'));
}

/**
 * Gives `work` the run's own directory and removes it when the run ends, well, badly or cancelled. An interrupted run keeps
 * it: its finished steps are not repeated, and what they made is in there.
 */
export async function withWorkDirectory<Result>(
  estate: Estate,
  run: Run,
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = workDirectory(estate, run.id);
  try {
    // Processes of an earlier attempt are dying, and must be dead before anything here is touched.
    if (await isThere(directory)) await untilAbandoned(directory, run.signal);
    return await work(directory);
  } finally {
    if (!isInterrupted(run)) {
      await removeTree(directory);
      // The last branch of a run takes the run's own directory away; for the others it is not empty.
      if (run.id.includes('/')) await rmdir(dirname(directory)).catch(() => undefined);
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** This process may not go on with it, and somebody may want it to. */
function isInterrupted({ signal }: Run): boolean {
  return signal.aborted && toErrorRecord(signal.reason).code !== 'cancelled';
}

/** Names the directory that a recovery is built in, beside its target: a file of this name in the run's directory holds it. */
const besideFile = 'beside';

/** A name beside a target that only this run has, so that what is made there can be renamed onto the target. */
export function besidePath(run: string, target: string): string {
  return join(dirname(target), `.${basename(target)}.${run.replaceAll('/', '-')}`);
}

/** Records, before it is made, what a run makes outside of its own directory. */
export async function recordBeside(estate: Pick<Estate, 'dataDirectory'>, run: string, path: string): Promise<void> {
  const directory = workDirectory(estate, run);
  await mkdir(directory, { recursive: true });
  await writeFileAtomic(join(directory, besideFile), path);
}

/** Removes all that an interrupted run and its branches left, once nobody may resume it. What is not there is no error. */
export async function removeWork(estate: Pick<Estate, 'dataDirectory'>, root: string): Promise<void> {
  const directory = workDirectory(estate, root);
  for (const branch of await readdir(directory).catch(() => [])) {
    const beside = await readFile(join(directory, branch, besideFile), 'utf8').catch(() => '');
    const end = `.${`${root}/${branch}`.replaceAll('/', '-')}`;
    // The name must be one that only this run gives: the file alone removes nothing.
    if (basename(beside).startsWith('.') && beside.endsWith(end)) await removeTree(beside);
  }
  await removeTree(directory);
}

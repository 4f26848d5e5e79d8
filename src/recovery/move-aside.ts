import { rename, rmdir } from 'node:fs/promises';
import { compactTime } from '../lib/ids.ts';
import { isEmpty } from './targets.ts';

/** Moves what stands at a path next to it, under a name that says when, and returns that name. Nothing is deleted. */
export async function moveAside(path: string, at: string): Promise<string> {
  const aside = `${path}.before-${compactTime(new Date(at))}`;
  await rename(path, aside);
  return aside;
}

/** Makes room for a rename onto a path: an empty directory goes, anything else stays and the rename will fail. */
export async function removeEmpty(path: string): Promise<void> {
  if (await isEmpty(path)) await rmdir(path).catch(() => undefined);
}

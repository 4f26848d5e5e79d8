import { realpath, stat } from 'node:fs/promises';
import { layout } from './layout.ts';

/** Whether a data directory has a private database. Nothing is started and nothing is made. */
export async function hasPrivateDatabase(dataDirectory: string): Promise<boolean> {
  try {
    await stat(layout(await realpath(dataDirectory)).cluster);
    return true;
  } catch {
    return false;
  }
}

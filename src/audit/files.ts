import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file whole, flushed, unless there is one: then it is left as it is, and the answer is false. */
export async function writeOnce(path: string, content: string | Uint8Array, mode: number): Promise<boolean> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFlushed(aside, content, mode);
    // Unlike a rename, a link never replaces what another process has just written.
    await link(aside, path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
  await flushDirectory(dirname(path));
  return true;
}

/** The content of a file, undefined when there is none. Any other trouble is thrown. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** True for a system error of that code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function writeFlushed(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

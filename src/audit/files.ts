import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file whole or not at all, also across a power cut: written aside, flushed, then renamed over the old one. */
export async function writeAtomic(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const aside = await writeAside(path, content, mode);
  try {
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await flushDirectory(dirname(path));
}

/** Like `writeAtomic`, but a file that is there is left as it is. Resolves to false then. */
export async function writeOnce(path: string, content: string | Uint8Array, mode: number): Promise<boolean> {
  const aside = await writeAside(path, content, mode);
  try {
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

/** Makes the names in a directory last across a power cut. */
export async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } catch (error) {
    // Some file systems do not flush directories; there the rename is as durable as it gets.
    if (!isCode(error, 'EINVAL') && !isCode(error, 'ENOTSUP')) throw error;
  } finally {
    await directory.close();
  }
}

/** True for a system error of that code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function writeAside(path: string, content: string | Uint8Array, mode: number): Promise<string> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const made = await mkdir(dirname(path), { recursive: true });
  if (made !== undefined) await flushDirectory(dirname(made));
  const file = await open(aside, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return aside;
}

import { randomBytes } from 'node:crypto';
import { chown, lstat, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { sha256 } from '../../lib/hash.ts';
import { pathText } from './path-text.ts';

const name = '.holdfast-canary';

/**
 * Writes a file that nobody can guess into a directory, in place of the one before, and gives it to the directory's owner.
 * Whole or not at all. Throws `file-unreadable` when the directory takes no file.
 */
export async function writeFileCanary(directory: string): Promise<{ path: string; sha256: string }> {
  const path = join(directory, name);
  const content = `${randomBytes(32).toString('hex')}\n`;
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(fresh, content, { mode: 0o644, flag: 'wx' });
    const { uid, gid } = await stat(directory);
    if (process.getuid?.() === 0 && (await lstat(fresh)).uid !== uid) await chown(fresh, uid, gid);
    await rename(fresh, path);
  } catch (error) {
    await unlink(fresh).catch(() => undefined);
    const reason = `the canary cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
    throw new HoldfastError('file-unreadable', { path, reason }, { cause: error });
  }
  return { path: pathText(Buffer.from(path)), sha256: sha256(content) };
}

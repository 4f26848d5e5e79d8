import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';

export interface Token {
  readonly path: string;
  readonly value: string;
}

/**
 * The token of a data directory: 256 random bits, made at first use in a file that only its owner can read. Throws
 * `token-file-unusable` for a file of another account, one open to others, or one without a token in it.
 */
export async function openToken(dataDirectory: string): Promise<Token> {
  const path = join(dataDirectory, 'http-token');
  try {
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
    await makeToken(path);
    await refuseOpenFile(path);
    const value = (await readFile(path, 'utf8')).trim();
    if (!/^hf_[A-Za-z0-9_-]{43}$/.test(value)) throw unusable(path, 'it holds no token of Holdfast');
    return { path, value };
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw unusable(path, (cause as NodeJS.ErrnoException).code ?? String(cause), cause);
  }
}

/** Compares in a time that tells nothing about where two tokens differ, nor how long they are. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

async function makeToken(path: string): Promise<void> {
  try {
    await writeFile(path, `hf_${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
    const file = await open(path, 'r');
    await file.sync().finally(() => file.close());
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}

async function refuseOpenFile(path: string): Promise<void> {
  const found = await stat(path);
  if (!found.isFile()) throw unusable(path, 'it is not a file');
  if (found.uid !== process.getuid?.()) throw unusable(path, 'it belongs to another account');
  if ((found.mode & 0o077) !== 0)
    throw unusable(path, `its mode ${(found.mode & 0o777).toString(8)} lets others use it`);
}

function unusable(path: string, reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError('token-file-unusable', { path, reason }, { cause });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

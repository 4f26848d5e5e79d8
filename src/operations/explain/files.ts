import { closeSync, constants, existsSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';

export const largestText = 32 * 1024 * 1024;

/** Whether something stands there that is no directory. */
export function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The text of a file. Throws `explain-file-unreadable`, `explain-too-large`. */
export function readText(path: string): string {
  try {
    return readLimited(path, largestText);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const reason =
      error instanceof Error ? error.message.replace(/^\w+: /, '').replace(/, \w+(?: '.*')?$/, '') : String(error);
    throw new HoldfastError('explain-file-unreadable', { file: path, reason }, { cause: error });
  }
}

const largestScript = 1024 * 1024;
const mostScripts = 200;

/**
 * Reads scripts that a file calls, by the names it calls them by: from the directory of the file and from the top of its repository.
 * What lies outside of that repository, by a link as well, is not read, and no more than a bounded number are.
 */
export function besideFile(file: string): (name: string) => string | undefined {
  const read = new Map<string, string | undefined>();
  let directory: string;
  let top: string;
  try {
    directory = dirname(realpathSync(file));
    top = topOf(directory);
  } catch {
    return () => undefined;
  }
  return (name) => {
    if (!read.has(name) && read.size < mostScripts) read.set(name, scriptText(name, directory, top));
    return read.get(name);
  };
}

function scriptText(name: string, directory: string, top: string): string | undefined {
  if (name === '' || name.includes('\0') || name.startsWith('~') || /[$*?<>\ue000-\uf8ff]/.test(name)) return undefined;
  const candidates = isAbsolute(name) ? [name] : [resolve(directory, name), resolve(top, name)];
  for (const candidate of candidates) {
    try {
      const path = realpathSync(candidate);
      if (path.startsWith(top.endsWith(sep) ? top : top + sep)) return readLimited(path, largestScript);
    } catch {
      // Not there, no file, or not for this account: the call stays unknown.
    }
  }
  return undefined;
}

/** The nearest directory above that is the top of a repository, else the directory itself. */
function topOf(directory: string): string {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return directory;
  }
}

/** Only plain files: a pipe or a device would not end. */
function readLimited(path: string, limit: number): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const facts = fstatSync(file);
    if (facts.isDirectory()) throw new Error('it is a directory');
    if (!facts.isFile()) throw new Error('it is no plain file');
    if (facts.size > limit)
      throw new HoldfastError('explain-too-large', { what: path, limit: `${limit / 1024 / 1024} MB` });
    const bytes = Buffer.alloc(facts.size);
    let length = 0;
    while (length < bytes.length) {
      const got = readSync(file, bytes, length, bytes.length - length, null);
      if (got === 0) break;
      length += got;
    }
    return bytes.subarray(0, length).toString('utf8');
  } finally {
    closeSync(file);
  }
}

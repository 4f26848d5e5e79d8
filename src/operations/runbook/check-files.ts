import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { matchesGlob } from './glob.ts';

/** 4 MB: a book of runbooks; what is larger is no text that a person follows. */
export const largestRunbook = 4 * 1024 * 1024;
const endings = /\.(?:md|mdx|markdown|txt)$/i;
/** Directories that hold other people's text. */
const skipped = new Set(['node_modules', 'vendor']);
const mostFiles = 5000;
const deepest = 40;

/** A runbook that was found: `named` by a person, or met in a directory or by a pattern. */
export interface FoundRunbook {
  readonly path: string;
  readonly named: boolean;
}

/**
 * The runbooks that words mean: files as they are, directories with all that is below them, patterns that the shell did not expand. In
 * order, each once. Links out of a directory are not followed. Throws `runbook-none-found`.
 */
export function findRunbooks(words: readonly string[]): FoundRunbook[] {
  const found = new Map<string, FoundRunbook>();
  const add = (path: string, named: boolean) => {
    if (!found.has(path)) found.set(path, { path, named });
  };
  for (const word of words) {
    const kind = kindOf(word);
    if (kind === 'file') add(word, true);
    else if (kind === 'directory') {
      const inside = filesBelow(word).filter((path) => endings.test(path));
      if (inside.length === 0) throw missing(word, 'The directory holds no .md, .mdx, .markdown or .txt file.');
      for (const path of inside) add(path, false);
    } else if (/[*?[{]/.test(word)) {
      const matching = expand(word);
      if (matching.length === 0) throw missing(word, 'No file matches the pattern.');
      for (const path of matching) add(path, false);
    } else throw missing(word, kind === 'denied' ? 'This account may not look there.' : noSuchFile);
  }
  return [...found.values()];
}

const noSuchFile = 'There is no such file or directory.';

function missing(word: string, reason: string): HoldfastError {
  return new HoldfastError('runbook-none-found', { word, reason });
}

function kindOf(path: string): 'file' | 'directory' | 'none' | 'denied' {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'denied' : 'none';
  }
}

/** Files of a directory and those below it, sorted; hidden ones are left out, as are links that lead out of it. */
function filesBelow(top: string): string[] {
  const files: string[] = [];
  const root = realpathSync(top);
  const seen = new Set<string>([root]);
  const enter = (directory: string, depth: number) => {
    let entries: Dirent[];
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || skipped.has(entry.name) || files.length >= mostFiles) continue;
      const path = join(directory, entry.name);
      const real = entry.isSymbolicLink() ? inside(root, path) : path;
      if (real === undefined) continue;
      const isDirectory = entry.isDirectory() || (entry.isSymbolicLink() && kindOf(path) === 'directory');
      if (!isDirectory) {
        if (entry.isFile() || (entry.isSymbolicLink() && isPlainFile(path))) files.push(path);
      } else if (depth < deepest) {
        const identity = realpathSync(path);
        if (!seen.has(identity)) {
          seen.add(identity);
          enter(path, depth + 1);
        }
      }
    }
  };
  enter(top, 0);
  return files;
}

function inside(root: string, path: string): string | undefined {
  try {
    const real = realpathSync(path);
    const way = relative(root, real);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : real;
  } catch {
    return undefined;
  }
}

function isPlainFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Files that a pattern matches; the part before the first sign of a pattern says where to look. */
function expand(pattern: string): string[] {
  const fixed = pattern.slice(0, pattern.search(/[*?[{]/));
  const base = fixed.includes('/') ? fixed.slice(0, fixed.lastIndexOf('/') + 1) : '';
  if (kindOf(base === '' ? '.' : base) !== 'directory') return [];
  const rest = pattern.slice(base.length);
  return filesBelow(base === '' ? '.' : base)
    .map((path) => (base === '' ? path : join(base, relative(base, path))))
    .filter((path) => matchesGlob(relative(base === '' ? '.' : base, path), rest));
}

/**
 * The text of a runbook. Throws `runbook-none-found`: nothing is there; `runbook-no-text`: a device, too large, another encoding, another
 * account's.
 */
export function readRunbook(path: string): string {
  const refuse = (reason: string, cause?: unknown) =>
    new HoldfastError('runbook-no-text', { file: path, reason }, ...(cause === undefined ? [] : [{ cause }]));
  let bytes: Buffer;
  try {
    const facts = statSync(path);
    // A pipe or a device would not end.
    if (!facts.isFile()) throw refuse('it is no plain file');
    if (facts.size > largestRunbook) throw refuse('it is larger than 4 MB');
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw missing(path, noSuchFile);
    throw refuse(
      code === 'EACCES' ? 'permission was denied' : error instanceof Error ? error.message : String(error),
      error,
    );
  }
  return decodeRunbook(bytes, path);
}

/** UTF-8, a byte order mark taken off. Throws `runbook-no-text`. */
export function decodeRunbook(bytes: Uint8Array, file: string): string {
  const refuse = (reason: string) => new HoldfastError('runbook-no-text', { file, reason });
  if (bytes.length > largestRunbook) throw refuse('it is larger than 4 MB');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw refuse('it is UTF-16');
  if (bytes.includes(0)) throw refuse('it is not text: it holds null bytes');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse(`it is not UTF-8 (line ${firstWrongLine(bytes)})`);
  }
}

function firstWrongLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== 10) continue;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, at));
    } catch {
      return line;
    }
    line += 1;
    start = at + 1;
  }
  return line;
}

import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { resolvePath } from '../config/paths.ts';
import { prepareEffects } from '../effects/explain.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { readProcedure } from '../runbooks/index.ts';
import type { Procedure } from '../runbooks/types.ts';

/** A runbook of the site as it lies on disk. */
export interface FoundRunbook {
  /** Relative to the site file where it lies below it. */
  readonly path: string;
  /** As runs of it are recorded. */
  readonly absolute: string;
  /** Name of its page. */
  readonly file: string;
  readonly source: string;
  readonly procedure: Procedure;
}

/**
 * Reads every runbook that the site file names: files, and the Markdown files below directories, in order. Throws
 * `bundle-runbook-unreadable`: a runbook that is missing in the bundle would be missed when nothing can be done about it.
 */
export async function findRunbooks(paths: readonly string[], directory: string): Promise<readonly FoundRunbook[]> {
  const files = new Set<string>();
  for (const path of paths) for (const file of await filesAt(resolvePath(path, directory))) files.add(file);
  // Without it SQL counts as unknown, and every look at a database as dangerous.
  await prepareEffects();
  const names = new Set<string>();
  const found: FoundRunbook[] = [];
  for (const absolute of files) {
    const inside = relative(directory, absolute);
    const path = inside.startsWith('..') ? absolute : inside;
    const source = await readText(absolute);
    const procedure = readProcedure(source, { path });
    found.push({ path, absolute, file: pageName(names, path), source, procedure });
  }
  return found;
}

const extensions = /\.(?:md|mdx|markdown)$/i;
/** Nobody reads a runbook of that size on the worst day. */
const sizeLimit = 4_000_000;

async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && extensions.test(entry.name) && !entry.parentPath.includes('/node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > sizeLimit) throw new RangeError(`it has more than ${sizeLimit / 1_000_000} MB`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): HoldfastError {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'it is not there',
    EACCES: 'permission denied',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
  };
  const reason = reasons[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new HoldfastError('bundle-runbook-unreadable', { file, reason }, { cause: error });
}

/** Letters, digits and hyphens alone, also for a stick with an old file system; numbered where two would be the same. */
function pageName(taken: Set<string>, path: string): string {
  const words = path
    .replace(extensions, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(-60)
    .replace(/^-/, '');
  const base = words === '' ? 'runbook' : words;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${base}.html` : `${base}-${number}.html`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

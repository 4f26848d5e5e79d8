import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { ManifestEntry } from '../facts.ts';
import type { IsExcluded } from './exclude.ts';
import { pathText } from './path-text.ts';

/** What a walk meets: an entry without its content hash, and what tells a later look whether it changed. */
export interface Seen {
  readonly entry: ManifestEntry;
  readonly bytes: Buffer;
  /** Nanoseconds; the kernel sets it at every change of content or mode, and nobody can set it back. */
  readonly changedNs: bigint;
}

/**
 * Everything at and below some paths, one after the other: directories before what is in them, links as links. Sockets are left out, as
 * restic leaves them out, and so is what is excluded. `strip` is what the text of each path leaves out at its beginning.
 * Throws `file-unreadable`; what vanishes while it looks is passed over.
 */
export async function* walk(
  roots: readonly Buffer[],
  options: { readonly isExcluded?: IsExcluded; readonly strip?: Buffer } = {},
): AsyncGenerator<Seen> {
  // Directories wait, not what is in them: memory is that of the widest directory, not of the tree.
  const waiting: Buffer[] = [];
  const visit = function* (found: readonly (Seen | undefined)[]): Generator<Seen> {
    for (const seen of found) {
      if (seen === undefined || options.isExcluded?.(seen.entry.path)) continue;
      if (seen.entry.kind === 'directory') waiting.push(seen.bytes);
      yield seen;
    }
  };
  const strip = options.strip?.length ?? 0;
  yield* visit(await Promise.all(roots.map((root) => look(root, strip))));
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const parent = directory;
    const names = await list(parent);
    for (let from = 0; from < names.length; from += atOnce) {
      const paths = names.slice(from, from + atOnce).map((name) => Buffer.concat([parent, slash, name]));
      yield* visit(await Promise.all(paths.map((path) => look(path, strip))));
    }
  }
}

const slash = Buffer.from('/');

/** Entries looked at side by side: more than the threads that do it, so that none of them waits. */
const atOnce = 64;

/** One path as it is now; undefined for what is not there or is a socket. */
export async function look(path: Buffer, strip = 0): Promise<Seen | undefined> {
  try {
    const stats = await lstat(path, { bigint: true });
    if (stats.isSocket()) return undefined;
    const entry: ManifestEntry = {
      path: pathText(path.subarray(strip)),
      kind: kindOf(stats),
      mode: Number(stats.mode & 0o7777n),
      size: stats.isFile() ? Number(stats.size) : 0,
      modifiedMs: Number(stats.mtimeNs / 1_000_000n),
      ...(stats.isSymbolicLink() ? { link: pathText(await readlink(path, { encoding: 'buffer' })) } : {}),
    };
    return { entry, bytes: path, changedNs: stats.ctimeNs };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw unreadable(path, error);
  }
}

export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function unreadable(path: Buffer, error: unknown): HoldfastError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new HoldfastError('file-unreadable', { path: pathText(path), reason: code ?? message }, { cause: error });
}

async function list(path: Buffer): Promise<Buffer[]> {
  try {
    const entries: Dirent<Buffer>[] = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
    return entries.map((entry) => entry.name);
  } catch (error) {
    if (isGone(error)) return [];
    throw unreadable(path, error);
  }
}

function kindOf(stats: BigIntStats): ManifestEntry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

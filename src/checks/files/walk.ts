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
  // Names wait, not what is known of them: memory is that of the widest directories, not of the tree.
  const waiting = [...roots].reverse();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const seen = await look(path, options.strip?.length ?? 0);
    if (seen === undefined || options.isExcluded?.(seen.entry.path)) continue;
    yield seen;
    if (seen.entry.kind !== 'directory') continue;
    const names = await list(path);
    for (const name of names.sort(Buffer.compare).reverse()) waiting.push(Buffer.concat([path, slash, name]));
  }
}

const slash = Buffer.from('/');

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

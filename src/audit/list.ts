import { join } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { readCheckpoint } from './checkpoint.ts';
import { readIfThere } from './files.ts';
import { readBundle, TileTrouble } from './reader.ts';
import { tileOf, tileWidth } from './tiles.ts';

/** A leaf as it is read back from the log. */
export const PublishedLeaf = z.object({
  index: z.number(),
  kind: z.string(),
  time: z.string(),
  actor: z.string(),
  run: z.string().optional(),
  step: z.string().optional(),
  facts: z.record(z.string(), z.unknown()),
});
export type PublishedLeaf = z.infer<typeof PublishedLeaf>;

export interface LeafFilter {
  readonly limit: number;
  /** Also its branches: runs whose id begins with it and a slash. */
  readonly run?: string;
  readonly kind?: string;
}

/** The newest published leaves, newest first, read from the end of the log. Nothing is verified. Throws `audit-log-missing`. */
export async function listLeaves(
  directory: string,
  filter: LeafFilter,
): Promise<{ readonly size: number; readonly leaves: readonly PublishedLeaf[] }> {
  const note = await readIfThere(join(directory, 'checkpoint'));
  if (note === undefined) throw new HoldfastError('audit-log-missing', { directory });
  const size = readCheckpoint(note.toString('utf8'))?.size ?? 0;
  const leaves: PublishedLeaf[] = [];
  for (let end = size; end > 0 && leaves.length < filter.limit; ) {
    const start = Math.floor((end - 1) / tileWidth) * tileWidth;
    const entries = await entriesAt(directory, size, start);
    for (let index = end - 1; index >= start && leaves.length < filter.limit; index -= 1) {
      const leaf = readLeaf(directory, index, entries[index - start] ?? Buffer.alloc(0));
      if (fits(leaf, filter)) leaves.push(leaf);
    }
    end = start;
  }
  return { size, leaves };
}

async function entriesAt(directory: string, size: number, start: number): Promise<readonly Buffer[]> {
  try {
    return await readBundle(directory, tileOf(size, 'entries', start));
  } catch (error) {
    if (!(error instanceof TileTrouble)) throw error;
    throw new HoldfastError('audit-files-changed', { directory, difference: error.message });
  }
}

function readLeaf(directory: string, index: number, entry: Buffer): PublishedLeaf {
  try {
    return PublishedLeaf.parse({ ...JSON.parse(entry.toString('utf8')), index });
  } catch {
    throw new HoldfastError('audit-files-changed', { directory, difference: `leaf ${index} is no leaf of Holdfast` });
  }
}

function fits(leaf: PublishedLeaf, { run, kind }: LeafFilter): boolean {
  if (kind !== undefined && leaf.kind !== kind) return false;
  return run === undefined || leaf.run === run || (leaf.run?.startsWith(`${run}/`) ?? false);
}

import { join } from 'node:path';
import { readIfThere } from './files.ts';
import { foldNodes, type Node, type Range, rangeNodes, treeHash } from './merkle.ts';
import { decodeBundle, decodeTile, type TileName, tileOf, tilePath, tileWidth } from './tiles.ts';

/** Hashes and entries of a published tree, read tile by tile as they are asked for. */
export interface TreeReader {
  readonly size: number;
  /** Hash of a range that RFC 6962 cuts. */
  range(range: Range): Promise<Buffer>;
  entry(index: number): Promise<Buffer>;
}

/** A tile or bundle that a tree of this size needs is not there, or is no tile. */
export class TileTrouble extends Error {
  readonly path: string;

  constructor(path: string, trouble: string) {
    super(`${path} ${trouble}`);
    this.path = path;
  }
}

/** Reads the tree of `size` leaves under a log's directory. Tiles are trusted as they are: compare the root with a checkpoint. */
export function openTree(directory: string, size: number): TreeReader {
  const tiles = new Map<string, Promise<Buffer[]>>();

  async function node({ level, index }: Node): Promise<Buffer> {
    const tileLevel = Math.floor(level / 8);
    const width = 2 ** (level % 8);
    const first = index * width;
    const name = tileOf(size, tileLevel, first);
    const key = tilePath(name);
    const hashes = tiles.get(key) ?? readTile(directory, name);
    tiles.set(key, hashes);
    return treeHash((await hashes).slice(first % tileWidth, (first % tileWidth) + width));
  }

  return {
    size,
    range: async (range) => foldNodes(await Promise.all(rangeNodes(range).map(node))),
    entry: async (index) => {
      const name = tileOf(size, 'entries', index);
      const entry = (await readBundle(directory, name))[index % tileWidth];
      if (entry === undefined) throw new TileTrouble(tilePath(name), `has no entry for leaf ${index}`);
      return entry;
    },
  };
}

/** The hashes of one tile. A partial one may be read from the full one that took its place. */
export async function readTile(directory: string, name: TileName): Promise<Buffer[]> {
  const { bytes, path, width } = await readPublished(directory, name);
  const hashes = decodeTile(bytes, width);
  if (hashes === undefined) throw new TileTrouble(path, `is ${bytes.length} bytes, not ${width} hashes of 32`);
  return hashes.slice(0, name.width);
}

/** The entries of one bundle, as many as its name says. */
export async function readBundle(directory: string, name: TileName): Promise<Buffer[]> {
  const { bytes, path, width } = await readPublished(directory, name);
  const entries = decodeBundle(bytes);
  if (entries === undefined) throw new TileTrouble(path, 'ends in the middle of an entry');
  if (entries.length !== width) throw new TileTrouble(path, `has ${entries.length} entries, not ${width}`);
  return entries.slice(0, name.width);
}

async function readPublished(
  directory: string,
  name: TileName,
): Promise<{ readonly bytes: Buffer; readonly path: string; readonly width: number }> {
  const full = { ...name, width: tileWidth };
  for (const candidate of name.width === tileWidth ? [name] : [name, full]) {
    const path = tilePath(candidate);
    const bytes = await readIfThere(join(directory, path));
    if (bytes !== undefined) return { bytes, path, width: candidate.width };
  }
  throw new TileTrouble(tilePath(name), 'is missing');
}

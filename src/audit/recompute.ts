import { type BundleState, describeBundle, type Truth } from './compare-bundle.ts';
import { Edge } from './edge.ts';
import { hashLeaf } from './merkle.ts';
import type { PublishedFiles } from './published-files.ts';
import { RootComparison } from './root-comparison.ts';
import type { SignedStates } from './signed-states.ts';
import { decodeBundle, decodeTile, levelLength, type TileName, tileOf, tilePath, tileWidth } from './tiles.ts';
import type { LogDifference } from './verify.ts';

export interface Recomputed {
  readonly size: number;
  readonly root: Buffer;
  readonly differences: readonly LogDifference[];
  /** Files of tiles that the signed tree does not have. */
  readonly beyond: readonly string[];
}

/**
 * Computes the tree twice: from the entries, and from the leaf hashes in the lowest tiles. Where the two differ, the one that
 * leads to the signed roots is the true one, and the other is what was changed.
 */
export async function recompute(files: PublishedFiles, signed: SignedStates): Promise<Recomputed> {
  const fromEntries = new Edge();
  const fromTiles = new Edge();
  const roots = new RootComparison(signed.states);
  const bundles: BundleState[] = [];
  const tiles: TileState[] = [];
  roots.compare(fromEntries, fromTiles);
  for (let start = 0; start < signed.size; start += tileWidth) {
    const bundle = await readBundleState(files, tileOf(signed.size, 'entries', start));
    if (bundle.trouble !== undefined || !isSame(bundle.entries, bundle.leaves)) bundles.push(bundle);
    if (bundle.entries === undefined && bundle.leaves === undefined) break;
    for (let at = 0; at < bundle.width; at += 1) {
      const entry = bundle.entries?.[at] ?? bundle.leaves?.[at] ?? absent;
      const full = fromTiles.push(bundle.leaves?.[at] ?? entry);
      for (const [which, { level, index, hashes }] of fromEntries.push(entry).entries()) {
        const others = full[which]?.hashes ?? [];
        tiles.push(...(await readTileStates(files, { level, index, width: tileWidth }, hashes, others)));
      }
      roots.compare(fromEntries, fromTiles);
    }
  }
  for (const [level, hashes] of fromEntries.unfinished.entries()) {
    if (hashes.length === 0) continue;
    const name = tileOf(fromEntries.size, level, levelLength(fromEntries.size, level) - 1);
    tiles.push(...(await readTileStates(files, name, hashes, fromTiles.unfinished[level] ?? [])));
  }
  const truth = roots.truth();
  return {
    size: fromEntries.size,
    root: (truth === 'tiles' ? fromTiles : fromEntries).root(),
    differences: [
      ...bundles.flatMap((bundle) => describeBundle(bundle, truth)),
      ...tiles.flatMap((tile) => describeTile(tile, truth)),
      ...roots.differences(),
    ],
    beyond: files.tiles.filter((name) => isBeyond(name, signed.size)).map(tilePath),
  };
}

/** In the place of a leaf of which nothing is left. */
const absent = Buffer.alloc(32);

/** A tile of the upper levels, or a narrower copy of any, against both trees. */
interface TileState {
  readonly name: TileName;
  readonly trouble?: string;
  /** Places whose hash is not that of the tree computed from the entries. */
  readonly unlikeEntries: readonly number[];
  readonly unlikeTiles: readonly number[];
}

async function readBundleState(files: PublishedFiles, name: TileName): Promise<BundleState> {
  const bundle = chosen(files, name);
  const tile = chosen(files, { ...name, level: 0 });
  const bytes = bundle === undefined ? undefined : await files.read(bundle);
  const entries = bytes === undefined ? undefined : decodeBundle(bytes);
  const leaves = tile === undefined ? undefined : decodeTile(await files.read(tile), tile.width);
  const path = tilePath(bundle ?? name);
  const start = name.index * tileWidth;
  const state = { path, tilePath: tilePath(tile ?? { ...name, level: 0 }), start, width: name.width, leaves };
  const trouble = troubleOf(bytes, entries, (bundle ?? name).width);
  return {
    ...state,
    entries: entries?.slice(0, name.width).map(hashLeaf),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

function troubleOf(
  bytes: Buffer | undefined,
  entries: readonly Buffer[] | undefined,
  width: number,
): string | undefined {
  if (bytes === undefined) return 'it is missing';
  if (entries === undefined) return 'it ends in the middle of an entry';
  return entries.length === width ? undefined : `it has ${entries.length} entries, not ${width}`;
}

/** The file that a tile is read from: the one of its width, else the full one that took its place. */
function chosen(files: PublishedFiles, name: TileName): TileName | undefined {
  const widths = files.widths(name.level, name.index);
  const width = [name.width, tileWidth].find((candidate) => widths.includes(candidate));
  return width === undefined ? undefined : { ...name, width };
}

/** Compares every file of a tile with both trees; of the lowest level the narrower copies only, the others are compared leaf by leaf. */
async function readTileStates(
  files: PublishedFiles,
  name: TileName,
  entries: readonly Buffer[],
  tiles: readonly Buffer[],
): Promise<TileState[]> {
  const states: TileState[] = [];
  const state = (of: TileName, found: readonly Buffer[] | undefined, trouble: string): void => {
    if (found === undefined) return void states.push({ name: of, trouble, unlikeEntries: [], unlikeTiles: [] });
    const places = Array.from({ length: Math.min(of.width, name.width) }, (_, at) => at);
    const unlike = (hashes: readonly Buffer[]): number[] =>
      places.filter((at) => hashes[at] === undefined || !found[at]?.equals(hashes[at]));
    const [unlikeEntries, unlikeTiles] = [unlike(entries), unlike(tiles)];
    if (unlikeEntries.length > 0) states.push({ name: of, unlikeEntries, unlikeTiles });
  };
  for (const level of name.level === 0 ? (['entries', 0] as const) : [name.level]) {
    const main = chosen(files, { ...name, level });
    // A bundle that is missing is described with its leaves.
    if (main === undefined && level !== 'entries') state({ ...name, level }, undefined, 'it is missing');
    for (const width of files.widths(level, name.index)) {
      const of = { ...name, level, width };
      const isMain = width === main?.width;
      if ((width > name.width && !isMain) || (isMain && level === 'entries')) continue;
      const bytes = await files.read(of);
      if (level === 'entries') {
        state(of, decodeBundle(bytes)?.map(hashLeaf), 'it ends in the middle of an entry');
        continue;
      }
      const hashes = decodeTile(bytes, width);
      if (level !== 0 || !isMain || hashes === undefined) {
        state(of, hashes, `it is ${bytes.length} bytes, not ${width} hashes of 32`);
      }
    }
  }
  return states;
}

function describeTile({ name, trouble, unlikeEntries, unlikeTiles }: TileState, truth: Truth): LogDifference[] {
  const file = tilePath(name);
  if (trouble !== undefined) return [{ file, what: trouble }];
  const wrong =
    truth === 'entries'
      ? unlikeEntries
      : truth === 'tiles'
        ? unlikeTiles
        : unlikeEntries.filter((at) => unlikeTiles.includes(at));
  const [at] = wrong;
  if (at === undefined) return [];
  const more = wrong.length === 1 ? '' : ` and ${wrong.length - 1} more`;
  if (name.level === 'entries' || name.level === 0) {
    const leaf = name.index * tileWidth + at;
    return [{ file, leaf, what: `at place ${at}${more} it is not what the tree has for leaf ${leaf}` }];
  }
  const below = tilePath({ level: name.level - 1, index: name.index * tileWidth + at, width: tileWidth });
  return [{ file, what: `hash ${at}${more} is not the one of ${below}` }];
}

function isSame(entries: readonly Buffer[] | undefined, leaves: readonly Buffer[] | undefined): boolean {
  if (entries === undefined || leaves === undefined) return false;
  return entries.every((hash, at) => leaves[at]?.equals(hash));
}

function isBeyond({ level, index, width }: TileName, size: number): boolean {
  return index * tileWidth + width > levelLength(size, level);
}

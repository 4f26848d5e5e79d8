/** Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles). */
export const tileWidth = 256;

/** Longest entry, in bytes: bundles give each one a 16-bit length. */
export const maximumEntryBytes = 65_535;

const hashBytes = 32;

/** Entry bundles, or the tree hashes of one tile level. */
export type TileLevel = number | 'entries';

export interface TileName {
  readonly level: TileLevel;
  readonly index: number;
  /** 1 to 256; below 256 it is a partial tile. */
  readonly width: number;
}

/** Path of a tile or bundle under the log's directory: `tile/0/x001/x234/067`, `tile/entries/000.p/12`. */
export function tilePath({ level, index, width }: TileName): string {
  const groups: string[] = [];
  let rest = index;
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const last = groups.length - 1;
  const path = groups.map((group, at) => (at < last ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Reads a path that `tilePath` writes; undefined for any other. */
export function parseTilePath(path: string): TileName | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return undefined;
  const [, level = '', digits = '', partial] = match;
  const name: TileName = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: Number(digits.replaceAll(/[x/]/g, '')),
    width: partial === undefined ? tileWidth : Number(partial),
  };
  // One name for each tile: no leading zeroes, no width of 0 or above 255.
  return name.width > 0 && name.width <= tileWidth && tilePath(name) === path ? name : undefined;
}

/** How many hashes a level has in a tree of `size`, over all its tiles. */
export function levelLength(size: number, level: TileLevel): number {
  return Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level));
}

/** The tile of a level that holds hash `position`, as it is in a tree of `size`. */
export function tileOf(size: number, level: TileLevel, position: number): TileName {
  const index = Math.floor(position / tileWidth);
  return { level, index, width: Math.min(tileWidth, levelLength(size, level) - index * tileWidth) };
}

/** The bytes of a hash tile. */
export function encodeTile(hashes: readonly Uint8Array[]): Buffer {
  return Buffer.concat(hashes);
}

/** The hashes of a tile; undefined when the bytes are not exactly `width` hashes. */
export function decodeTile(bytes: Buffer, width: number): Buffer[] | undefined {
  if (bytes.length !== width * hashBytes) return undefined;
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * hashBytes, (at + 1) * hashBytes));
}

/** The bytes of an entry bundle. Throws a RangeError for an entry that is too long. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > maximumEntryBytes) throw new RangeError(`an entry of ${entry.length} bytes fits no bundle`);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** The entries of a bundle; undefined when the last one is cut short. */
export function decodeBundle(bytes: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return undefined;
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isCode, readIfThere } from './files.ts';
import { parseTilePath, type TileLevel, type TileName, tilePath, tileWidth } from './tiles.ts';

/** The files of a published log, listed once, read one at a time. */
export interface PublishedFiles {
  /** The widths in which a tile or bundle is there, widest first. */
  widths(level: TileLevel, index: number): readonly number[];
  read(name: TileName): Promise<Buffer>;
  /** Names that no tile has. */
  readonly strange: readonly string[];
  /** All tiles and bundles, by path. */
  readonly tiles: readonly TileName[];
  /** Checkpoints kept, by path. */
  readonly checkpoints: readonly { readonly path: string; readonly note: string }[];
}

export async function listPublished(directory: string): Promise<PublishedFiles> {
  const tiles: TileName[] = [];
  const strange: string[] = [];
  const widths = new Map<string, number[]>();
  for (const path of await walk(directory, 'tile')) {
    const name = parseTilePath(path);
    if (name === undefined) {
      strange.push(path);
      continue;
    }
    tiles.push(name);
    const key = tilePath({ ...name, width: tileWidth });
    widths.set(
      key,
      [...(widths.get(key) ?? []), name.width].sort((a, b) => b - a),
    );
  }
  const checkpoints: { path: string; note: string }[] = [];
  for (const path of (await walk(directory, 'checkpoints')).sort()) {
    if (!/^checkpoints\/\d{12,}$/.test(path)) strange.push(path);
    else checkpoints.push({ path, note: (await readIfThere(join(directory, path)))?.toString('utf8') ?? '' });
  }
  return {
    tiles,
    strange,
    checkpoints,
    widths: (level, index) => widths.get(tilePath({ level, index, width: tileWidth })) ?? [],
    read: async (name) => (await readIfThere(join(directory, tilePath(name)))) ?? Buffer.alloc(0),
  };
}

async function walk(directory: string, under: string): Promise<string[]> {
  try {
    const found = await readdir(join(directory, under), { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length).split(sep).join('/'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

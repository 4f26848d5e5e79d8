import { treeHash } from './merkle.ts';
import { tileWidth } from './tiles.ts';

/** A tile that has become full. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Buffer[];
}

/** The right edge of a growing tree: the hashes of the unfinished tile of each level, whatever the size. */
export class Edge {
  readonly #levels: Buffer[][];
  #size: number;

  constructor(size = 0, levels: Buffer[][] = []) {
    this.#size = size;
    this.#levels = levels;
  }

  get size(): number {
    return this.#size;
  }

  /** Hashes of the unfinished tile of each level; none where the last tile is full. */
  get unfinished(): readonly (readonly Buffer[])[] {
    return this.#levels;
  }

  /** Adds a leaf hash; gives the tiles that it made full, lowest first. */
  push(leaf: Buffer): readonly FullTile[] {
    this.#size += 1;
    const full: FullTile[] = [];
    let carried: Buffer | undefined = leaf;
    for (let level = 0; carried !== undefined; level += 1) {
      const hashes: Buffer[] = this.#levels[level] ?? [];
      this.#levels[level] = hashes;
      hashes.push(carried);
      carried = undefined;
      if (hashes.length < tileWidth) break;
      full.push({ level, index: Math.floor(this.#size / tileWidth ** (level + 1)) - 1, hashes });
      this.#levels[level] = [];
      carried = treeHash(hashes);
    }
    return full;
  }

  /** Root of the tree so far. */
  root(): Buffer {
    let below: Buffer | undefined;
    for (const hashes of this.#levels) {
      const row = below === undefined ? hashes : [...hashes, below];
      if (row.length > 0) below = treeHash(row);
    }
    return below ?? treeHash([]);
  }
}

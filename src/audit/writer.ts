import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/files.ts';
import { hashLeaf, treeHash } from './merkle.ts';
import { readTile } from './reader.ts';
import { encodeBundle, encodeTile, levelLength, tileOf, tilePath, tileWidth } from './tiles.ts';

/** The right edge of a tree: all that is needed to make it grow, a few kilobytes whatever its size. */
export class TreeWriter {
  readonly #directory: string;
  /** Hashes of the unfinished tile of each level. */
  readonly #levels: Buffer[][];
  #bundle: Buffer[] = [];
  #size: number;
  /** Levels whose unfinished tile has grown since it was last written. */
  readonly #grown = new Set<number>();
  readonly #finished: string[] = [];

  private constructor(directory: string, size: number, levels: Buffer[][]) {
    this.#directory = directory;
    this.#size = size;
    this.#levels = levels;
  }

  /** Takes up the published tree of `size` leaves. Throws TileTrouble when a tile of its edge is missing or damaged. */
  static async open(directory: string, size: number): Promise<TreeWriter> {
    const levels: Buffer[][] = [];
    for (let level = 0; levelLength(size, level) > 0; level += 1) {
      const length = levelLength(size, level);
      levels.push(length % tileWidth === 0 ? [] : await readTile(directory, tileOf(size, level, length - 1)));
    }
    return new TreeWriter(directory, size, levels);
  }

  get size(): number {
    return this.#size;
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

  /** Leaf hashes of the unfinished tile: its entries are given again with `resume` before anything is added. */
  get edge(): readonly Buffer[] {
    return this.#levels[0] ?? [];
  }

  /** Entries of the unfinished bundle, as they were published. */
  resume(entries: readonly Buffer[]): void {
    this.#bundle = [...entries];
  }

  /** Adds a leaf; writes each bundle and tile that becomes full. */
  async add(entry: Buffer): Promise<void> {
    this.#bundle.push(entry);
    this.#size += 1;
    await this.#push(0, hashLeaf(entry));
    if (this.#bundle.length < tileWidth) return;
    await this.#write(tilePath(tileOf(this.#size, 'entries', this.#size - 1)), encodeBundle(this.#bundle), true);
    this.#bundle = [];
  }

  /** Writes the unfinished bundle and tiles. After it all files of the tree are on disk. */
  async flush(): Promise<void> {
    if (this.#bundle.length > 0 && this.#grown.has(0)) {
      await this.#write(tilePath(tileOf(this.#size, 'entries', this.#size - 1)), encodeBundle(this.#bundle), false);
    }
    for (const level of this.#grown) {
      const hashes = this.#levels[level] ?? [];
      if (hashes.length === 0) continue;
      const name = tileOf(this.#size, level, levelLength(this.#size, level) - 1);
      await this.#write(tilePath(name), encodeTile(hashes), false);
    }
    this.#grown.clear();
  }

  /** Removes the partial tiles whose full tile is there, once a checkpoint covers it. */
  async tidy(): Promise<void> {
    for (const path of this.#finished.splice(0)) await rm(`${path}.p`, { recursive: true, force: true });
  }

  async #push(level: number, hash: Buffer): Promise<void> {
    const hashes = this.#levels[level] ?? [];
    this.#levels[level] = hashes;
    hashes.push(hash);
    this.#grown.add(level);
    if (hashes.length < tileWidth) return;
    const name = tileOf(this.#size, level, levelLength(this.#size, level) - 1);
    await this.#write(tilePath(name), encodeTile(hashes), true);
    this.#levels[level] = [];
    await this.#push(level + 1, treeHash(hashes));
  }

  async #write(path: string, bytes: Buffer, full: boolean): Promise<void> {
    const file = join(this.#directory, path);
    await writeFileAtomic(file, bytes);
    if (full) this.#finished.push(file);
  }
}

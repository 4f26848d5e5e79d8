import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/files.ts';
import { Edge } from './edge.ts';
import { hashLeaf } from './merkle.ts';
import { readTile } from './reader.ts';
import { encodeBundle, encodeTile, levelLength, tileOf, tilePath, tileWidth } from './tiles.ts';

/** Makes the files of a tree grow. It holds the right edge alone: a few kilobytes, whatever the size. */
export class TreeWriter {
  readonly #directory: string;
  readonly #edge: Edge;
  #bundle: Buffer[] = [];
  /** Levels whose unfinished tile has grown since it was last written. */
  readonly #grown = new Set<number>();
  readonly #full: string[] = [];

  private constructor(directory: string, edge: Edge) {
    this.#directory = directory;
    this.#edge = edge;
  }

  /** Takes up the published tree of `size` leaves. Throws TileTrouble when a tile of its edge is missing or damaged. */
  static async open(directory: string, size: number): Promise<TreeWriter> {
    const levels: Buffer[][] = [];
    for (let level = 0; levelLength(size, level) > 0; level += 1) {
      const length = levelLength(size, level);
      levels.push(length % tileWidth === 0 ? [] : await readTile(directory, tileOf(size, level, length - 1)));
    }
    return new TreeWriter(directory, new Edge(size, levels));
  }

  get size(): number {
    return this.#edge.size;
  }

  /** Leaf hashes of the unfinished bundle: its entries are given again with `resume` before anything is added. */
  get unfinished(): readonly Buffer[] {
    return [...(this.#edge.unfinished[0] ?? [])];
  }

  root(): Buffer {
    return this.#edge.root();
  }

  /** Entries of the unfinished bundle, as they were published. */
  resume(entries: readonly Buffer[]): void {
    this.#bundle = [...entries];
  }

  /** Adds a leaf; writes each bundle and tile that becomes full. */
  async add(entry: Buffer): Promise<void> {
    this.#bundle.push(entry);
    this.#grown.add(0);
    for (const { level, index, hashes } of this.#edge.push(hashLeaf(entry))) {
      if (level === 0) {
        await this.#writeFull(tilePath({ level: 'entries', index, width: tileWidth }), encodeBundle(this.#bundle));
        this.#bundle = [];
      }
      await this.#writeFull(tilePath({ level, index, width: tileWidth }), encodeTile(hashes));
      this.#grown.add(level + 1);
    }
  }

  /** Writes the unfinished bundle and tiles. After it all files of the tree are on disk. */
  async flush(): Promise<void> {
    const { size } = this.#edge;
    if (this.#bundle.length > 0 && this.#grown.has(0)) {
      await this.#write(tilePath(tileOf(size, 'entries', size - 1)), encodeBundle(this.#bundle));
    }
    for (const level of this.#grown) {
      const hashes = this.#edge.unfinished[level] ?? [];
      if (hashes.length === 0) continue;
      await this.#write(tilePath(tileOf(size, level, levelLength(size, level) - 1)), encodeTile(hashes));
    }
    this.#grown.clear();
  }

  /** Removes the partial tiles whose full tile is there, once a checkpoint covers it. */
  async tidy(): Promise<void> {
    for (const path of this.#full.splice(0)) {
      await rm(join(this.#directory, `${path}.p`), { recursive: true, force: true });
    }
  }

  async #writeFull(path: string, bytes: Buffer): Promise<void> {
    await this.#write(path, bytes);
    this.#full.push(path);
  }

  async #write(path: string, bytes: Buffer): Promise<void> {
    await writeFileAtomic(join(this.#directory, path), bytes, 0o644);
  }
}

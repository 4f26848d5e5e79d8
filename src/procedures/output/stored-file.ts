import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StoredOutput } from '../../evidence/procedure-model.ts';

/** Text that is compressed at once. Each block is a gzip member of its own: after a crash what is there can be read. */
const blockCharacters = 512 * 1024;
/** Of zlib: half the time of the usual 6, a tenth more bytes. */
const level = 3;
const tailBytes = 4096;

/**
 * One stream of output on its way to disk, 0600. It compresses and writes before it returns: whatever the speed of a program,
 * no more than one block of its output is in memory.
 */
export class StoredFile {
  readonly #dataDirectory: string;
  readonly #file: string;
  readonly #limit: number;
  readonly #hash = createHash('sha256');
  #descriptor: number | undefined;
  #blocks: string[] = [];
  #pending = 0;
  #bytes = 0;
  #lines = 0;
  #tail = '';
  #openLine = false;
  #cut = false;

  constructor(dataDirectory: string, file: string, limit: number) {
    this.#dataDirectory = dataDirectory;
    this.#file = file;
    this.#limit = limit;
  }

  write(text: string): void {
    if (text === '' || this.#cut) return;
    this.#keep(text);
    if (this.#bytes + this.#pending < this.#limit) return;
    this.#keep(`${this.#openLine ? '\n' : ''}[output beyond ${this.#limit} bytes is not kept]\n`);
    this.#cut = true;
  }

  /** What was kept; without bytes there is no file. */
  finish(): StoredOutput {
    this.#flush();
    // Of no output there is no file, also none that an earlier life of Holdfast left: what was said comes again from its beginning.
    if (this.#descriptor === undefined) rmSync(join(this.#dataDirectory, this.#file), { force: true });
    this.close();
    return {
      file: this.#file,
      sha256: this.#hash.digest('hex'),
      bytes: this.#bytes,
      lines: this.#lines + (this.#openLine ? 1 : 0),
      tail: lastBytes(this.#tail),
    };
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #keep(text: string): void {
    this.#blocks.push(text);
    this.#pending += text.length;
    this.#tail = text.length >= tailBytes ? text.slice(-tailBytes) : (this.#tail + text).slice(-tailBytes);
    this.#openLine = !text.endsWith('\n');
    if (this.#pending >= blockCharacters) this.#flush();
  }

  #flush(): void {
    if (this.#pending === 0) return;
    const bytes = Buffer.from(this.#blocks.join(''));
    this.#blocks = [];
    this.#pending = 0;
    this.#bytes += bytes.length;
    this.#hash.update(bytes);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) this.#lines += 1;
    this.#put(bytes);
  }

  #put(bytes: Buffer): void {
    if (this.#descriptor === undefined) {
      const path = join(this.#dataDirectory, this.#file);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // What an earlier life of Holdfast left of it is written anew, from the beginning.
      this.#descriptor = openSync(path, 'w', 0o600);
    }
    const packed = gzipSync(bytes, { level });
    for (let at = 0; at < packed.length; ) at += writeSync(this.#descriptor, packed, at);
  }
}

/** The last whole lines that fit, or the end of the last line. */
function lastBytes(text: string): string {
  let tail = Buffer.from(text).subarray(-tailBytes);
  // Not in the middle of a character.
  while (tail.length > 0 && ((tail[0] ?? 0) & 0xc0) === 0x80) tail = tail.subarray(1);
  const cut = tail.toString('utf8');
  if (cut.length === text.length && text.length < tailBytes) return cut;
  const line = cut.indexOf('\n') + 1;
  return line > 0 && line < cut.length ? cut.slice(line) : cut;
}

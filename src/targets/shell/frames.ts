/** What a helper shell says on its standard output: bytes, and between them lines that begin with its token. */
export interface FrameListener {
  onBytes(chunk: Buffer): void;
  /** A line of the helper's own: its words after the token. */
  onLine(words: string): void;
}

const lineFeed = 0x0a;

/** A line of a helper is short; what does not end is none. */
const longestLine = 8192;

/**
 * Tells the helper's own lines from the bytes between them. A line is a line feed, the token, a blank, words and a line
 * feed. The token is random and no step gets to know it, so that no output can be taken for a line; bytes need no length in
 * front and no copy.
 */
export class FrameReader {
  readonly #start: Buffer;
  readonly #listener: FrameListener;
  #held: Buffer = Buffer.alloc(0);

  constructor(token: string, listener: FrameListener) {
    this.#start = Buffer.from(`\n${token} `);
    this.#listener = listener;
  }

  write(chunk: Buffer): void {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    while (rest.length > 0) {
      const at = rest.indexOf(this.#start);
      if (at === -1) {
        const kept = heldBack(rest, this.#start);
        this.#emit(rest.subarray(0, rest.length - kept));
        this.#held = Buffer.from(rest.subarray(rest.length - kept));
        return;
      }
      this.#emit(rest.subarray(0, at));
      const end = rest.indexOf(lineFeed, at + this.#start.length);
      if (end === -1) {
        if (rest.length - at > longestLine) throw new TypeError('the helper shell said a line without an end');
        this.#held = Buffer.from(rest.subarray(at));
        return;
      }
      this.#listener.onLine(rest.subarray(at + this.#start.length, end).toString('utf8'));
      rest = rest.subarray(end + 1);
    }
  }

  #emit(bytes: Buffer): void {
    if (bytes.length > 0) this.#listener.onBytes(bytes);
  }
}

/** How many bytes at the end may be the beginning of a line of the helper. */
function heldBack(bytes: Buffer, start: Buffer): number {
  for (let length = Math.min(start.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(start.subarray(0, length))) return length;
  }
  return 0;
}

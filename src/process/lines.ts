import { StringDecoder } from 'node:string_decoder';

/** Longer lines are handed over in pieces: what has no line ends is not text, and must not fill the memory. */
const longestLine = 16 * 1024 * 1024;

/** Cuts a byte stream into lines of UTF-8 text. Line ends are LF or CRLF; a last line without an end counts. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #pending: string[] = [];
  #pendingLength = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  end(): void {
    this.#take(this.#decoder.end());
    if (this.#pendingLength > 0) this.#emit('');
  }

  #take(text: string): void {
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      this.#emit(text.slice(from, at));
      from = at + 1;
    }
    if (from === text.length) return;
    this.#pending.push(text.slice(from));
    this.#pendingLength += text.length - from;
    if (this.#pendingLength >= longestLine) this.#emit('');
  }

  #emit(last: string): void {
    const line = this.#pendingLength === 0 ? last : this.#pending.join('') + last;
    this.#pending = [];
    this.#pendingLength = 0;
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}

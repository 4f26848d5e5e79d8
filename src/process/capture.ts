/** Keeps the first or the last bytes of a stream and counts the rest. */
export class Capture {
  readonly #limit: number;
  readonly #which: 'first' | 'last';
  #chunks: Buffer[] = [];
  #kept = 0;
  #total = 0;

  constructor(limit: number, which: 'first' | 'last') {
    this.#limit = limit;
    this.#which = which;
  }

  write(chunk: Buffer): void {
    this.#total += chunk.length;
    if (this.#which === 'last') {
      this.#chunks.push(chunk);
      this.#kept += chunk.length;
      // Cut only when twice the limit is held, so that each byte is copied at most once.
      if (this.#kept > 2 * this.#limit) this.#hold(this.#joined());
      return;
    }
    const room = this.#limit - this.#kept;
    if (room <= 0) return;
    const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#chunks.push(part);
    this.#kept += part.length;
  }

  /** What was kept, as text, without a character that was cut in two. */
  text(): string {
    const joined = this.#joined();
    if (this.#total === joined.length) return joined.toString('utf8');
    return this.#which === 'first'
      ? joined.toString('utf8', 0, wholeCharacters(joined))
      : joined.toString('utf8', firstCharacter(joined));
  }

  /** Bytes that were not kept. */
  dropped(): number {
    return this.#total - this.#joined().length;
  }

  #joined(): Buffer {
    const joined = Buffer.concat(this.#chunks);
    return joined.length > this.#limit ? joined.subarray(joined.length - this.#limit) : joined;
  }

  #hold(buffer: Buffer): void {
    this.#chunks = [buffer];
    this.#kept = buffer.length;
  }
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Where the last character that is whole ends. UTF-8 (RFC 3629): a character has at most four bytes. */
function wholeCharacters(buffer: Buffer): number {
  let start = buffer.length - 1;
  while (start > 0 && start > buffer.length - 4 && isContinuation(buffer[start])) start -= 1;
  const lead = buffer[start] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return start + length <= buffer.length ? buffer.length : Math.max(start, 0);
}

function firstCharacter(buffer: Buffer): number {
  let start = 0;
  while (start < 3 && isContinuation(buffer[start])) start += 1;
  return start;
}

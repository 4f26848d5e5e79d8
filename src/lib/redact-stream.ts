import type { Redact } from './redact.ts';

/**
 * Redacts text that comes in parts, so that a secret is found wherever it was cut. Text is let go in whole lines; what could be
 * the beginning of a secret of several lines, or of a private key, is held until it is clear. A line without an end is let go
 * by and by, cut where redacting the parts gives the same as redacting the whole.
 */
export class RedactStream {
  readonly #redact: Redact;
  #held = '';
  /** How much of the held text was looked at without a place to cut. */
  #tried = 0;
  /** The rest of the line is not shown. */
  #muted = false;

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  /** Takes a part in; returns what may be shown now, redacted. */
  push(part: string): string {
    if (this.#muted) {
      const next = part.indexOf('\n');
      if (next < 0) return '';
      this.#muted = false;
      return this.push(part.slice(next));
    }
    this.#held = this.#held === '' ? part : this.#held + part;
    const cut = this.#wholeLines();
    let out = '';
    if (cut > 0) {
      out = this.#redact(this.#held.slice(0, cut));
      this.#held = this.#held.slice(cut);
      this.#tried = 0;
    }
    const fresh = this.#held.length - this.#tried;
    return fresh < Math.max(longLine, this.#tried) ? out : out + this.#longLine();
  }

  /** What is left, redacted. */
  end(): string {
    const rest = this.#redact(this.#held);
    this.#held = '';
    return rest;
  }

  /** Where the held text may be cut, after the end of a line; 0 when nowhere. */
  #wholeLines(): number {
    const held = this.#held;
    let cut = held.lastIndexOf('\n') + 1;
    if (cut === 0) return 0;
    const key = openKey(held);
    if (key >= 0 && key < cut) cut = lineStart(held, key);
    const spanning = this.#redact.spanning ?? [];
    for (let moved = spanning.length > 0; moved && cut > 0; ) {
      moved = false;
      for (const secret of spanning) {
        const start = straddles(held, secret, cut);
        if (start < 0) continue;
        cut = lineStart(held, start);
        moved = true;
      }
    }
    return cut;
  }

  #longLine(): string {
    const held = this.#held;
    const window = Math.max(smallestWindow, 2 * (this.#redact.longest ?? 0));
    const whole = this.#redact(held);
    // Behind the window everything has been seen that a secret beginning before it can show.
    for (const cut of places(held, held.length - window)) {
      const before = this.#redact(held.slice(0, cut));
      if (before + this.#redact(held.slice(cut)) !== whole) continue;
      this.#held = held.slice(cut);
      this.#tried = 0;
      return before;
    }
    this.#tried = held.length;
    if (held.length < longestHeld) return '';
    // A secret as long as this is none; yet what cannot be cut is not shown.
    this.#held = '';
    this.#tried = 0;
    this.#muted = true;
    return tooLong;
  }
}

/** What stands for a line in which no place was found that certainly lies outside of a secret. */
const tooLong = '[redacted: a line that cannot be told apart from a secret]';

const longLine = 65_536;
const smallestWindow = 8192;
const longestHeld = 4 * 1024 * 1024;

/** Some places to cut before `last`, the nearest first; rather at blanks and commas than within words. */
function places(text: string, last: number): number[] {
  const found = new Set<number>();
  for (let at = last, tries = 0; at > last / 2 && tries < 8; tries += 1) {
    const blank = Math.max(text.lastIndexOf(' ', at), text.lastIndexOf(',', at), text.lastIndexOf('\t', at)) + 1;
    if (blank > last / 2) found.add(blank);
    found.add(wholeCharacter(text, at));
    at -= Math.ceil(last / 16);
  }
  return [...found].filter((cut) => cut > 0);
}

/** Never between the two halves of a character. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** The beginning of a private key whose end has not come; -1 when there is none. */
function openKey(text: string): number {
  const begin = text.lastIndexOf('-----BEGIN ');
  if (begin < 0 || text.length - begin > longLine) return -1;
  const head = text.slice(begin, begin + 80);
  const isKey = /^-----BEGIN [A-Z0-9 ]{0,48}PRIVATE KEY/.test(head);
  return isKey && text.indexOf('-----END ', begin) < 0 ? begin : -1;
}

/** Where a secret begins that reaches over `cut`, or that the text ends within; -1 when none does. */
function straddles(text: string, secret: string, cut: number): number {
  const from = Math.max(0, cut - secret.length + 1);
  for (let at = text.indexOf(secret[0] ?? '', from); at >= 0 && at < cut; at = text.indexOf(secret[0] ?? '', at + 1)) {
    const rest = text.length - at;
    if (rest >= secret.length ? text.startsWith(secret, at) : secret.startsWith(text.slice(at))) return at;
  }
  return -1;
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

import type { Mapped } from './mapped.ts';
import { doubleQuoted } from './yaml-source.ts';

/** The strings of a JSON list, as the exec form of a Dockerfile has them; undefined when it is not such a list. */
export function jsonWords(text: string, from: number, to: number): Mapped[] | undefined {
  const words: Mapped[] = [];
  let at = blank(text, from, to);
  if (text[at] !== '[') return undefined;
  at = blank(text, at + 1, to);
  while (at < to && text[at] === '"') {
    const close = closing(text, at + 1, to);
    if (close === undefined) return undefined;
    words.push(doubleQuoted(text, at + 1, close));
    at = blank(text, close + 1, to);
    if (text[at] === ',') at = blank(text, at + 1, to);
  }
  return text[at] === ']' && blank(text, at + 1, to) >= to ? words : undefined;
}

function closing(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return undefined;
}

/** After blanks, and the line continuations that may stand between the words. */
function blank(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (/\s/.test(text[at] ?? '') || (text[at] === '\\' && /[\r\n]/.test(text[at + 1] ?? '')))) at += 1;
  return at;
}

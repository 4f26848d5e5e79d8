/** One line of a text, without its line break. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** Offset after its last character, where its line break begins. */
  readonly end: number;
}

/** The lines of a text; LF, CRLF and CR break them. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const found of text.matchAll(/\r\n?|\n/g)) {
    lines.push({ text: text.slice(start, found.index), start, end: found.index });
    start = found.index + found[0].length;
  }
  lines.push({ text: text.slice(start), start, end: text.length });
  return lines;
}

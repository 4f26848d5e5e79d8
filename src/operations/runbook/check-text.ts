import { type Label, labels } from '../../effects/types.ts';
import { clipToWidth, textWidth } from '../../lib/width.ts';
import type { Style } from '../types.ts';

/** `s3 to s7` when they follow each other. */
export function span(ids: readonly string[]): string {
  return ids.length > 2 ? `${ids[0]} to ${ids.at(-1)}` : ids.join(', ');
}

/** The first words of a list. */
export function some(words: readonly string[], most: number): string {
  return words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

/** Lines of at most so many columns, broken at blanks. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || textWidth(last) + 1 + textWidth(word) > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** One line of at most so many columns; what a document holds must not steer the terminal. */
export function plain(text: string, columns: number): string {
  return clipToWidth(
    text
      .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    columns,
  );
}

/** To be looked at twice. */
export const grave: ReadonlySet<Label> = new Set([
  'destroy',
  'remote-delete',
  'disrupt',
  'privilege',
  'secret',
  'unknown',
]);
/** What changes nothing. */
export const mild: ReadonlySet<Label> = new Set(['none', 'read', 'not-shell']);

/** Labels in colours: red to look at twice, green for what only looks. */
export function coloured(list: readonly Label[], style: Style): string {
  return labels
    .filter((label) => list.includes(label))
    .map((label) => (grave.has(label) ? style.red(label) : mild.has(label) ? style.green(label) : style.yellow(label)))
    .join(' ');
}

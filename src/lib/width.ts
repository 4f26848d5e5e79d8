/** Escape sequences that change colour or move the cursor: they take no column. */
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** Characters that take two columns: East Asian wide and fullwidth (Unicode UAX #11), and emoji shown as pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** Marks that join the character before them. */
const joined = /\p{Mn}|\p{Me}|[\u200b-\u200f]|[\ufe00-\ufe0f]/u;

/** Columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  let columns = 0;
  for (const character of text.replace(escapes, '')) columns += characterWidth(character);
  return columns;
}

/** The text, filled up with blanks to at least `columns`. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** The text cut to at most `columns`, with an ellipsis when something is lost. Escape sequences stay whole. */
export function clipToWidth(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let used = 0;
  let clipped = '';
  let position = 0;
  for (const sequence of [...text.matchAll(escapes), undefined]) {
    const end = sequence?.index ?? text.length;
    for (const character of text.slice(position, end)) {
      const next = characterWidth(character);
      if (used + next > columns - 1) {
        if (used < columns) clipped += '…';
        used = columns;
        break;
      }
      used += next;
      clipped += character;
    }
    clipped += sequence?.[0] ?? '';
    position = end + (sequence?.[0].length ?? 0);
  }
  return clipped;
}

function characterWidth(character: string): number {
  if (joined.test(character) || character < ' ') return 0;
  return wide.test(character) ? 2 : 1;
}

/** Sequences that a terminal obeys: colours, cursor moves, titles, links, device strings. */
const sequences =
  /\u001b(?:\[[0-?]{0,64}[ -/]{0,16}[@-~]|[\]PX^_][^\u0007\u001b\u009c\n]{0,4096}(?:\u0007|\u001b\\|\u009c)|[ -/]{1,4}[0-~]|[0-~])|\u009b[0-?]{0,64}[ -/]{0,16}[@-~]/g;

/** Other control characters, and marks that turn the direction of text so that it reads as what it is not. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;

const any = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

/**
 * Text of a program as it may be shown on a terminal: what a terminal would obey is gone, tabs and line feeds stay. Of a line
 * that was written over with carriage returns, as progress bars are, what was written last stays.
 */
export function plainText(text: string): string {
  if (!any.test(text)) return text;
  const visible = text.replace(sequences, '');
  return (visible.includes('\r') ? lastWritten(visible) : visible).replace(controls, '');
}

/** What a terminal obeys, what turns the direction of text, and what has no width; but the joiner that makes one picture of several. */
const unseen =
  /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u034f|(?![\n\t\u200d])[\p{Cc}\p{Cf}\u115f\u1160\u2028\u2029\u3164\uffa0]/gu;

/**
 * Text that a person decides by, as a command: nothing of it is left out. What cannot be seen, or makes a line read as another one, is
 * shown by its number, as `[U+202E]`.
 */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(unseen, (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

function lastWritten(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      let end = line.length;
      while (line[end - 1] === '\r') end -= 1;
      return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
    })
    .join('\n');
}

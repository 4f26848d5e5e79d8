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

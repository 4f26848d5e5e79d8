/** The cells of a line of a pipe table. A pipe behind a backslash is text (GFM 4.10). */
export function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  const text = line.trim();
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && text[at + 1] === '|') {
      cell += '|';
      at += 1;
    } else if (character !== '|') cell += character;
    else if (at > 0) {
      cells.push(cell.trim());
      cell = '';
    }
  }
  if (!text.endsWith('|') || text.endsWith('\\|') || text === '|') cells.push(cell.trim());
  return cells;
}

/** `|---|:-:|`: the line that makes a table of the line above it. */
export function isDelimiterRow(line: string): boolean {
  const text = line.trim();
  return (
    text.length < 5000 &&
    text.includes('|') &&
    text.includes('-') &&
    /^[|:\-\s]+$/.test(text) &&
    cellsOf(text).every((cell) => /^:?-+:?$/.test(cell))
  );
}

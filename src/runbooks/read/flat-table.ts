/** A table that has lost its lines: its cells are parted by tabs, by wide gaps, or only by blanks. */
export interface FlatTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Lines as a table; undefined when they are none. Where only single blanks are left, the header gives the columns, and a row is cut where its
 * value, its path or its first word tells; what cannot be told apart stays together in one cell.
 */
export function flatTable(lines: readonly string[]): FlatTable | undefined {
  if (lines.length < 2) return undefined;
  return parted(lines, /\t+/) ?? parted(lines, /\t+|[ \u3000]{2,}/) ?? blanks(lines);
}

function parted(lines: readonly string[], sign: RegExp): FlatTable | undefined {
  const cells = lines.map((line) =>
    line
      .trim()
      .split(sign)
      .map((cell) => cell.trim()),
  );
  const columns = cells[0]?.length ?? 0;
  const same = cells.filter((row) => row.length === columns).length;
  if (
    columns < 2 ||
    same < 2 ||
    same * 5 < cells.length * 4 ||
    lines.some((line) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line))
  )
    return undefined;
  const [header = [], ...rows] = cells;
  return { header, rows };
}

const value = /(?:^|\s)(\d[\d.,]*%?(?:\s\/\s\d[\d.,]*%?)*)(?=\s|$)/;
const path = /(?:^|\s)(\S*(?:\/\S+|\.(?:sh|py|ya?ml|json|md|sql|ts|js|conf))\S*)(?=\s|$)/;
const rank = /^((?:P|S|SEV|L|T)-?\d|[①-⑳])\s+(.*)$/i;

function blanks(lines: readonly string[]): FlatTable | undefined {
  const [first = '', ...rest] = lines.map((line) => line.trim());
  if (rest.length < 2) return undefined;
  const header = headerOf(first);
  if (header.length < 2 || header.length > 7 || first.length > 60) return undefined;
  if (
    /[。.;；,，:：=|\\{}()]/.test(first) ||
    lines.some((line) => /\\\s*$|^\s*(?:[-*+•]|\d+[.)])\s|^\s*[\w.-]+=/.test(line))
  )
    return undefined;
  // Rows are longer than the words over them, and each has at least two.
  if (
    rest.some((row) => !/\S\s+\S/.test(row)) ||
    rest.filter((row) => row.length > first.length).length * 2 < rest.length
  )
    return undefined;
  const cut = [value, path].find((pattern) => rest.filter((row) => pattern.test(row)).length * 5 >= rest.length * 4);
  const ranked = rest.every((row) => rank.test(row));
  const rows = rest.map((row) =>
    ranked ? rankedRow(row) : header.length > 2 && cut !== undefined ? around(row, cut) : twoCells(row),
  );
  return { header, rows };
}

/** `代表 source` is one column: a Latin word goes with the word of another script before it. */
function headerOf(line: string): string[] {
  const words = line.split(/\s+/);
  const foreign = words.some((word) => /[^\x20-\x7e]/.test(word));
  const columns: string[] = [];
  for (const word of words) {
    if (foreign && /^[a-z]+$/.test(word) && columns.length > 0) columns[columns.length - 1] += ` ${word}`;
    else columns.push(word);
  }
  return columns;
}

function rankedRow(row: string): string[] {
  const [, first = '', rest = ''] = rank.exec(row) ?? [];
  return [first, rest];
}

function around(row: string, pattern: RegExp): string[] {
  const found = pattern.exec(row);
  if (found === null) return twoCells(row);
  const at = found.index + found[0].length - (found[1]?.length ?? 0);
  const cells = [row.slice(0, at), found[1] ?? '', row.slice(at + (found[1]?.length ?? 0))].map((cell) => cell.trim());
  return cells[0] === '' ? twoCells(row) : cells;
}

function twoCells(row: string): string[] {
  const at = row.search(/\s/);
  return at < 0 ? [row] : [row.slice(0, at), row.slice(at).trim()];
}

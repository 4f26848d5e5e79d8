import type { FlatTable } from './flat-table.ts';
import { cellsOf } from './table-cells.ts';

/**
 * A table drawn with `+---+` and `|`: rows between two rules are one row, its cells on several lines put together. Lines of rows count from 0
 * in the text.
 */
export function drawnTable(text: string): (FlatTable & { readonly rowLines: readonly number[] }) | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.length < 3 || !isRule(lines[0] ?? '') || !isRule(lines.at(-1) ?? '')) return undefined;
  if (lines.some((line) => !isRule(line) && !/^\|.*\|$/.test(line))) return undefined;
  const groups: Row[][] = [];
  for (const [at, line] of lines.entries()) {
    if (isRule(line)) groups.push([]);
    else groups.at(-1)?.push({ at, cells: cellsOf(line) });
  }
  const [header = [], ...bodies] = groups.filter((group) => group.length > 0);
  // With one rule below the header alone, each line is a row; with a rule after each, several lines are one.
  const rows = bodies.length === 1 ? (bodies[0] ?? []) : bodies.map(joined);
  return { header: joined(header).cells, rows: rows.map(({ cells }) => cells), rowLines: rows.map(({ at }) => at) };
}

interface Row {
  /** Line within the text, from 0. */
  readonly at: number;
  readonly cells: readonly string[];
}

function isRule(line: string): boolean {
  return /^\+(?:[-=:]+\+)+$/.test(line);
}

function joined(lines: readonly Row[]): Row {
  const width = Math.max(...lines.map(({ cells }) => cells.length));
  const cells = Array.from({ length: width }, (_, column) =>
    lines
      .map((line) => line.cells[column] ?? '')
      .filter((cell) => cell !== '')
      .join(' '),
  );
  return { at: lines[0]?.at ?? 0, cells };
}

import type { FlatTable } from './flat-table.ts';
import { cellsOf } from './table-cells.ts';

/** A table drawn with `+---+` and `|`: rows between two rules are one row, its cells on several lines put together. */
export function drawnTable(text: string): FlatTable | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.length < 3 || !isRule(lines[0] ?? '') || !isRule(lines.at(-1) ?? '')) return undefined;
  if (lines.some((line) => !isRule(line) && !/^\|.*\|$/.test(line))) return undefined;
  const groups: string[][][] = [];
  for (const line of lines) {
    if (isRule(line)) groups.push([]);
    else groups.at(-1)?.push(cellsOf(line));
  }
  const [header = [], ...bodies] = groups.filter((group) => group.length > 0);
  // With one rule below the header alone, each line is a row; with a rule after each, several lines are one.
  const rows = bodies.length === 1 ? (bodies[0] ?? []) : bodies.map(joined);
  return { header: joined(header), rows };
}

function isRule(line: string): boolean {
  return /^\+(?:[-=:]+\+)+$/.test(line);
}

function joined(lines: readonly (readonly string[])[]): string[] {
  const width = Math.max(...lines.map((line) => line.length));
  return Array.from({ length: width }, (_, column) =>
    lines
      .map((line) => line[column] ?? '')
      .filter((cell) => cell !== '')
      .join(' '),
  );
}

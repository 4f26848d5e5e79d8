import { type Line, linesOf } from '../../effects/documents/lines.ts';
import type { NotUnderstood } from '../types.ts';
import { because, sentence } from '../words/index.ts';
import { excerpt } from './collected.ts';
import type { TextNode } from './nodes.ts';
import { cellsOf, isDelimiterRow } from './table-cells.ts';

/** A paragraph that was meant to be a table: a line of dashes that does not fit the line above it, or rows without one. */
export function brokenTable(node: TextNode): NotUnderstood | undefined {
  if (!node.text.includes('|')) return undefined;
  const lines = linesOf(node.text);
  const at = lines.findIndex((line) => isDelimiterRow(line.text));
  const place = (from: number, to: number) => ({ line: node.line + from, endLine: node.line + to });
  if (at >= 0) {
    const header = cellsOf(lines[at - 1]?.text ?? '').length;
    const below = cellsOf(lines[at]?.text ?? '').length;
    return {
      ...place(Math.max(0, at - 1), lines.length - 1),
      text: excerpt(textOf(lines.slice(Math.max(0, at - 1)))),
      ...because(
        at === 0
          ? sentence('table-without-header')
          : sentence('table-breaks', { header: String(header), below: String(below) }),
      ),
    };
  }
  const rows = lines.filter((line) => /^\|.*\|$/.test(line.text.trim()));
  if (rows.length < 2 || rows.length < lines.length) return undefined;
  return {
    ...place(0, lines.length - 1),
    text: excerpt(node.text),
    ...because(sentence('table-without-dashes')),
  };
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join('\n');
}

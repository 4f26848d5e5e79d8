import { type Document, isMap, isNode, isPair, isScalar, type LineCounter, type Node } from 'yaml';
import { textWidth } from '../lib/width.ts';
import type { SiteProblem } from './site-references.ts';

/** A mistake at a line and column of the file, both from 1. */
export interface PlacedProblem {
  readonly line: number;
  readonly col: number;
  readonly message: string;
}

/** Where `path` is in the file: the value, the key when it is the key that is wrong, or the nearest thing that is there. */
export function positionOf(
  document: Document,
  lines: LineCounter,
  { path, key }: SiteProblem,
): { line: number; col: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length), key === true || length < path.length);
    if (offset !== undefined) return lines.linePos(offset);
  }
  return { line: 1, col: 1 };
}

/**
 * The mistakes in the order of the file:
 *
 *     holdfast.yaml:12:7  there is no key "copys" here; did you mean "copies"?
 *        12 |       copys: [local]
 *           |       ^
 */
export function showProblems(path: string, source: string, problems: readonly PlacedProblem[]): string {
  const rows = source.split(/\r\n|\r|\n/);
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.col - b.col);
  return sorted.map((problem) => showProblem(path, rows[problem.line - 1] ?? '', problem)).join('\n\n');
}

/** The offset of a value, or of its key when `atKey`, or when the value is a block that begins on another line. */
function offsetOf(document: Document, path: SiteProblem['path'], atKey: boolean): number | undefined {
  const last = path.at(-1);
  const value = path.length === 0 ? document.contents : document.getIn(path, true);
  const parent = path.length < 2 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent) && last !== undefined) {
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last),
    );
    if (pair !== undefined && (atKey || !isScalar(value))) return start(pair.key);
  }
  return start(value);
}

function start(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

const shownWidth = 100;

function showProblem(path: string, row: string, problem: PlacedProblem): string {
  const visible = maskSecrets(row);
  const from = problem.col > shownWidth ? problem.col - shownWidth / 2 : 0;
  const text = visible.slice(from, from + shownWidth).replaceAll('\t', ' ');
  const number = String(problem.line).padStart(5);
  const pad = ' '.repeat(textWidth(text.slice(0, problem.col - 1 - from)));
  const caret = problem.col > visible.length ? '' : `\n      | ${pad}^`;
  return `${path}:${problem.line}:${problem.col}  ${problem.message}\n${number} | ${text}${caret}`;
}

/** `password: hunter2` -> `password: ********`: somebody may have written a secret where its place belongs. */
function maskSecrets(row: string): string {
  return row.replace(/((?:password|url)["']?\s*:\s+)(?!\{)\S.*$/, '$1********');
}

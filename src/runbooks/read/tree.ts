import type { Element } from '../../effects/documents/elements.ts';
import { linesOf } from '../../effects/documents/lines.ts';
import { normalise } from '../../effects/shell/normalise.ts';
import { withInterrupted } from './interrupted-lists.ts';
import { box, isTicked, linedItems, type PlacedLine } from './lined-items.ts';
import { lineCounter } from './lines.ts';
import type { HeadingNode, ItemNode, Node, Placed, TableNode, TextNode } from './nodes.ts';
import { plain } from './plain.ts';
import { cellsOf } from './table-cells.ts';

/**
 * The elements of a document as a tree of what holds what. `lineOf` tells the line of an offset in the document, `columnOf` how far
 * it is from the beginning of its line.
 */
export function treeOf(
  elements: readonly Element[],
  lineOf: (offset: number) => number,
  columnOf: (offset: number) => number,
): Node[] {
  let at = 0;
  const read = (inItem: boolean): Node[] => {
    const nodes: Node[] = [];
    for (; at < elements.length; at += 1) {
      const element = elements[at] as Element;
      if ('container' in element && element.kind === 'close') break;
      const place = { line: lineOf(element.start), endLine: endOf(element, lineOf), start: element.start };
      if ('container' in element) {
        at += 1;
        const children = withInterrupted(read(element.container === 'item'), columnOf);
        nodes.push(containerOf(element, children, place));
      } else nodes.push(...leavesOf(element, place, inItem && nodes.length === 0));
    }
    return nodes;
  };
  const leavesOf = (element: Leaf, place: Placed, itemFirst: boolean): Node[] => {
    const leaf = leafOf(element, place, lineOf);
    if (leaf.kind !== 'paragraph') return [leaf];
    return linedItems(placedLines(leaf, element), itemFirst) ?? [leaf];
  };
  return withInterrupted(read(false), columnOf);
}

type Open = Extract<Element, { container: string }>;
type Leaf = Exclude<Element, Open>;

function endOf(element: Element, lineOf: (offset: number) => number): number {
  return lineOf(Math.max(element.start, element.end - 1));
}

function containerOf(element: Open, children: readonly Node[], place: Placed): Node {
  if (element.container === 'quote') return { kind: 'quote', children, ...place };
  if (element.container === 'list') {
    const items = children
      .filter((child): child is ItemNode => child.kind === 'item')
      .map((item, index) => ({ ...item, ordered: element.ordered, number: element.first + index }));
    return { kind: 'list', ordered: element.ordered, items, ...place };
  }
  const [first] = children;
  const raw = first?.kind === 'paragraph' ? first.text : '';
  const ticked = box.exec(raw);
  const text = ticked === null ? raw : raw.slice(ticked[0].length);
  const done = ticked === null ? {} : { done: isTicked(ticked[0]) };
  return { kind: 'item', ordered: false, number: 0, text, children, ...place, ...done };
}

function leafOf(element: Leaf, place: Placed, lineOf: (offset: number) => number): Node {
  const { text, offsets } = element.content;
  const lineAt = (offset: number) => lineOf(offsets[Math.min(offset, offsets.length - 1)] ?? place.start);
  switch (element.kind) {
    case 'heading':
      return headingOf(text, element.depth, place);
    case 'table':
      return tableOf(text, place);
    case 'paragraph':
    case 'html':
    case 'unreadable': {
      const body = element.kind === 'paragraph' ? unquoted(text) : text;
      return { kind: element.kind, text: body, ...place, lineAt: paragraphLines(body, text, place, lineAt) };
    }
    default: {
      const { tag, meta, closed } = element;
      const keep = /^(?:html|xml|svg|vue|jsx|tsx)$/.test(tag);
      const decoded = keep ? { text: text.replace(/\r\n?/g, '\n') } : normalise(text);
      const map = 'offsets' in decoded ? decoded.offsets : undefined;
      const at = (offset: number) => lineAt(map === undefined ? offset : (map[Math.min(offset, map.length - 1)] ?? 0));
      return { kind: 'code', how: element.kind, tag, meta, closed, text: decoded.text, lineAt: at, ...place };
    }
  }
}

function headingOf(raw: string, depth: number, place: Placed): HeadingNode {
  const text = headingText(raw);
  const ticked = box.exec(text);
  if (ticked === null || text.startsWith('■')) return { kind: 'heading', depth, raw, text, ...place };
  return { kind: 'heading', depth, raw, text: text.slice(ticked[0].length), done: isTicked(ticked[0]), ...place };
}

function headingText(raw: string): string {
  const text = raw
    .replace(/^ {0,3}#{1,6}(?:[ \t]+|$)/, '')
    .replace(/[ \t]#{1,20}[ \t]*$/, '')
    .replace(/\r?\n[ \t>]*(?:=+|-+)[ \t]*$/, '')
    .replace(/\s*\{#[\w.-]{1,100}\}\s*$/, '');
  return plain(text);
}

/** The marks of quotes and the indentation of lists stand before each line but the first. */
function unquoted(text: string): string {
  return text.replace(/(\r\n?|\n)[ \t>]+/g, '\n').replace(/\r\n?/g, '\n');
}

function paragraphLines(body: string, raw: string, place: Placed, lineAt: (offset: number) => number) {
  if (body === raw) return lineAt;
  const inBody = lineCounter(body);
  return (offset: number) => place.line + inBody(offset) - 1;
}

function tableOf(text: string, place: Placed): TableNode {
  const lines = linesOf(text).map((line) => line.text.replace(/^[ \t>]+/, ''));
  const [header = '', , ...rows] = lines;
  const rowLines = rows.map((_, index) => place.line + 2 + index);
  return { kind: 'table', header: cellsOf(header), rows: rows.map(cellsOf), rowLines, ...place };
}

/** The lines of a paragraph where they stand: its text has as many as its element. */
function placedLines({ text, line }: TextNode, { content, start }: Leaf): PlacedLine[] {
  const own = linesOf(content.text);
  return text.split('\n').map((each, index) => ({
    text: each,
    line: line + index,
    start: content.offsets[own[index]?.start ?? 0] ?? start,
  }));
}

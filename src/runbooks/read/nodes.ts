import type { Element } from '../../effects/documents/elements.ts';
import { linesOf } from '../../effects/documents/lines.ts';
import { normalise } from '../../effects/shell/normalise.ts';
import { lineCounter } from './lines.ts';
import { plain } from './plain.ts';
import { cellsOf } from './table-cells.ts';

interface Placed {
  /** Lines of the document, from 1, ends included. */
  readonly line: number;
  readonly endLine: number;
  /** Offset in the document. */
  readonly start: number;
}

export interface CodeNode extends Placed {
  readonly kind: 'code';
  readonly how: 'fenced' | 'indented' | 'pre';
  readonly tag: string;
  readonly meta: string;
  readonly closed: boolean;
  /** Decoded, without carriage returns. */
  readonly text: string;
  /** Line of the document for an offset in `text`. */
  readonly lineAt: (offset: number) => number;
}

export interface TextNode extends Placed {
  readonly kind: 'paragraph' | 'html' | 'unreadable';
  readonly text: string;
  /** Line of the document for an offset in `text`. */
  readonly lineAt: (offset: number) => number;
}

export interface HeadingNode extends Placed {
  readonly kind: 'heading';
  readonly depth: number;
  readonly text: string;
  readonly raw: string;
}

export interface TableNode extends Placed {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly ItemNode[];
}

export interface ItemNode extends Placed {
  readonly kind: 'item';
  readonly ordered: boolean;
  readonly number: number;
  /** Whether its box is ticked; undefined where it has none. */
  readonly done?: boolean;
  /** Its own first words, without the box. */
  readonly text: string;
  readonly children: readonly Node[];
}

export interface QuoteNode extends Placed {
  readonly kind: 'quote';
  readonly children: readonly Node[];
}

export type Node = CodeNode | TextNode | HeadingNode | TableNode | ListNode | ItemNode | QuoteNode;

/** A box to tick, at the beginning of an item: `[ ]`, `[x]`, `☐`. */
export const box = /^(?:\[([ xX\u3000]?)\]|([☐☑☒□■]))(?:\s+|$)/;

export function isTicked(mark: string): boolean {
  return /[xX☑☒■]/.test(mark);
}

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
  const read = (): Node[] => {
    const nodes: Node[] = [];
    for (; at < elements.length; at += 1) {
      const element = elements[at] as Element;
      if ('container' in element && element.kind === 'close') return nodes;
      const place = { line: lineOf(element.start), endLine: endOf(element, lineOf), start: element.start };
      if ('container' in element) {
        at += 1;
        const children = read();
        nodes.push(containerOf(element, children, place));
      } else {
        const leaf = leafOf(element, place, lineOf);
        const above = nodes.at(-1);
        if (leaf.kind === 'code' && above !== undefined && isMeantFor(above, columnOf(element.start)))
          nodes[nodes.length - 1] = withinLastItem(above, leaf);
        else nodes.push(leaf);
      }
    }
    return nodes;
  };
  return read();
}

/**
 * Whether code was meant for the last item of a numbered list: it is indented, by less than Markdown asks for. From number 10 on the three
 * blanks that did for the nine before it are one too few.
 */
function isMeantFor(above: Node, column: number): above is ListNode {
  return above.kind === 'list' && above.ordered && above.items.length > 0 && column > 0;
}

function withinLastItem(list: ListNode, code: Node): ListNode {
  const items = list.items.map((item, index) =>
    index < list.items.length - 1 ? item : { ...item, children: [...item.children, code], endLine: code.endLine },
  );
  return { ...list, items, endLine: code.endLine };
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
      return { kind: 'heading', depth: element.depth, raw: text, text: headingText(text), ...place };
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
  return { kind: 'table', header: cellsOf(header), rows: rows.map(cellsOf), ...place };
}

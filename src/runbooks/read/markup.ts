import { box, isTicked } from './lined-items.ts';
import type { Region } from './regions.ts';

export interface MarkupTable extends Region {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Boxes that begin a cell, with what its row says. */
  readonly boxes: readonly MarkupBox[];
}

/** A box to tick that is written in HTML, or stands in a table of HTML. */
export interface MarkupBox {
  /** Offset in the document. */
  readonly start: number;
  readonly text: string;
  readonly done: boolean;
}

/** `<table>` outside of code. One that is not closed is none. */
export function markupTablesOf(source: string, isCode: (offset: number) => boolean): MarkupTable[] {
  if (!/<table[\s>]/i.test(source)) return [];
  const found: MarkupTable[] = [];
  let start: number | undefined;
  let rows: Cell[][] = [];
  let cell: number | undefined;
  const endCell = (at: number) => {
    if (cell !== undefined)
      rows.at(-1)?.push({ start: cell, text: cellText(source.slice(cell, Math.min(at, cell + 4000))) });
    cell = undefined;
  };
  for (const tag of source.matchAll(/<(\/?)(table|tr|t[hd])\b[^<>]{0,400}>/gi)) {
    if (isCode(tag.index)) continue;
    const name = (tag[2] ?? '').toLowerCase();
    const closing = tag[1] === '/';
    if (start === undefined) {
      if (name === 'table' && !closing) start = tag.index;
      rows = [];
      continue;
    }
    endCell(tag.index);
    if (name === 'tr' && !closing) rows.push([]);
    else if (/^t[hd]$/.test(name) && !closing) {
      if (rows.length === 0) rows.push([]);
      cell = tag.index + tag[0].length;
    } else if (name === 'table') {
      const filled = rows.filter((row) => row.length > 0);
      const [header = [], ...body] = filled.map((row) => row.map(({ text }) => text));
      if (closing)
        found.push({ start, end: tag.index + tag[0].length, header, rows: body, boxes: filled.flatMap(boxesIn) });
      start = closing ? undefined : tag.index;
      rows = [];
    }
  }
  return found;
}

interface Cell {
  readonly start: number;
  readonly text: string;
}

function boxesIn(row: readonly Cell[]): MarkupBox[] {
  return row.flatMap(({ start, text }) => {
    const mark = box.exec(text);
    if (mark === null) return [];
    const said = row.filter((cell) => !box.test(cell.text)).map((cell) => cell.text);
    const own = text.slice(mark[0].length);
    return [{ start, text: [...said, own].filter((part) => part !== '').join(' · '), done: isTicked(mark[0]) }];
  });
}

/** `<input type="checkbox">` outside of code and comments, with what follows it up to the next break. */
export function markupBoxesOf(source: string, isCode: (offset: number) => boolean): MarkupBox[] {
  if (!/<input\b/i.test(source)) return [];
  const found: MarkupBox[] = [];
  for (const tag of source.matchAll(/<!--[\s\S]*?(?:-->|$)|<input\b[^<>]{0,400}>/gi)) {
    if (tag[0].startsWith('<!--') || !/\btype\s*=\s*\{?["']?checkbox\b/i.test(tag[0]) || isCode(tag.index)) continue;
    const rest = source.slice(tag.index + tag[0].length, tag.index + tag[0].length + 2000);
    const end = rest.search(/<input\b|<\/?(?:li|p|td|tr|ul|ol|div|label)\b|<br\b|\n[ \t]*(?:\r?\n|[-*+] |\d+[.)] )/i);
    const text = cellText(end < 0 ? rest : rest.slice(0, end));
    found.push({ start: tag.index, text, done: /\bchecked\b(?!\s*=\s*\{?["']?false)/i.test(tag[0]) });
  }
  return found;
}

function cellText(markup: string): string {
  return markup
    .replace(/<[^<>]{0,400}>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

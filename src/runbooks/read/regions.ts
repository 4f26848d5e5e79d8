import { linesOf } from '../../effects/documents/lines.ts';

/** A piece of the document: offsets, end exclusive. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** Whether an offset lies in one of the regions, which are in order and apart from each other. */
export function within(regions: readonly Region[]): (offset: number) => boolean {
  return (offset) => {
    let low = 0;
    let high = regions.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const region = regions[middle] as Region;
      if (offset < region.start) high = middle - 1;
      else if (offset >= region.end) low = middle + 1;
      else return true;
    }
    return false;
  };
}

/** A tab of a page, as documents write them: `<TabItem label="Linux">`, `<Tab title="macOS">`. Its group is what all tabs beside it share. */
export interface Tab extends Region {
  readonly label: string;
  readonly group: number;
}

const open = /^[ \t>]*<(Tab|TabItem|tab-item|TabPanel|CodeGroupItem)\b([^<>]{0,400})>/;
const close = /^[ \t>]*<\/(?:Tab|TabItem|tab-item|TabPanel|CodeGroupItem)>/;

/** Tabs outside of code. Tabs with nothing but blank lines and tags between them are one group. */
export function tabsOf(source: string, isCode: (offset: number) => boolean): Tab[] {
  if (!/<\/?(?:Tab|tab|CodeGroup)/.test(source)) return [];
  const tabs: Tab[] = [];
  let current: { start: number; label: string } | undefined;
  let group = 0;
  let apart = false;
  for (const line of linesOf(source)) {
    if (isCode(line.start)) continue;
    const opened = open.exec(line.text);
    if (opened !== null && current === undefined) {
      if (apart) group += 1;
      apart = false;
      current = { start: line.start, label: labelOf(opened[2] ?? '') };
    } else if (current !== undefined && close.test(line.text)) {
      tabs.push({ ...current, end: line.end, group });
      current = undefined;
    } else if (current === undefined && line.text.trim() !== '') {
      if (/^[ \t>]*<\/(?:Tabs|CodeGroup)\b/.test(line.text) || !/^[ \t>]*<[^<>]*>\s*$/.test(line.text)) apart = true;
    }
  }
  return tabs;
}

function labelOf(attributes: string): string {
  for (const name of ['label', 'title', 'heading', 'name', 'value', 'header']) {
    const found = new RegExp(`\\b${name}\\s*=\\s*\\{?\\s*(["'])(.*?)\\1`).exec(attributes)?.[2];
    if (found !== undefined) return found;
  }
  return '';
}

export interface MarkupTable extends Region {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** `<table>` outside of code. One that is not closed is none. */
export function markupTablesOf(source: string, isCode: (offset: number) => boolean): MarkupTable[] {
  if (!/<table[\s>]/i.test(source)) return [];
  const found: MarkupTable[] = [];
  let start: number | undefined;
  let rows: string[][] = [];
  let cell: number | undefined;
  const endCell = (at: number) => {
    if (cell !== undefined) rows.at(-1)?.push(source.slice(cell, Math.min(at, cell + 4000)));
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
      const [header = [], ...body] = rows.filter((row) => row.length > 0).map((row) => row.map(cellText));
      if (closing) found.push({ start, end: tag.index + tag[0].length, header, rows: body });
      start = closing ? undefined : tag.index;
      rows = [];
    }
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

import { linesOf } from '../../effects/documents/lines.ts';
import type { Region } from './regions.ts';

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

import { type Line, linesOf } from '../../effects/documents/lines.ts';
import type { Region } from './regions.ts';

/**
 * A tab of a page, as documents write them: `<TabItem label="Linux">`, `{{< tab "Linux" >}}`, `=== "Linux"`, `:::TabTitle Linux`. Its group is
 * what all tabs beside it share.
 */
export interface Tab extends Region {
  readonly label: string;
  readonly group: number;
}

/** How one kind of document writes tabs. */
interface Dialect {
  /** Gives the label where a tab begins. */
  readonly open: (line: string) => string | undefined;
  readonly close?: RegExp;
  /** Ends all the tabs that stand together. */
  readonly closeAll?: RegExp;
  /** A line between two tabs that does not part them. */
  readonly between?: RegExp;
}

const dialects: readonly Dialect[] = [
  {
    open: (line) =>
      attributes(/^[ \t>]*<(?:Tab|TabItem|tab-item|TabPanel|CodeGroupItem)\b([^<>]{0,400})>/.exec(line)?.[1]),
    close: /^[ \t>]*<\/(?:Tab|TabItem|tab-item|TabPanel|CodeGroupItem)>/,
    closeAll: /^[ \t>]*<\/(?:Tabs|CodeGroup)\b/,
    between: /^[ \t>]*<[^<>]*>\s*$/,
  },
  {
    open: (line) => attributes(/^[ \t>]*\{\{[<%]\s*tab\b([^}]{0,400}?)[%>]\}\}/.exec(line)?.[1]),
    close: /^[ \t>]*\{\{[<%]\s*\/\s*tab\s*[%>]\}\}/,
    closeAll: /^[ \t>]*\{\{[<%]\s*\/\s*tabs\s*[%>]\}\}/,
    between: /^[ \t>]*\{\{[<%].*[%>]\}\}\s*$/,
  },
  { open: (line) => /^:{3}TabTitle[ \t]+(.{1,200})$/i.exec(line)?.[1]?.trim(), closeAll: /^:{2,3}EndTabs\s*$/i },
];

/** Tabs outside of code. Tabs with nothing but blank lines and tags between them are one group. */
export function tabsOf(source: string, isCode: (offset: number) => boolean): Tab[] {
  if (!/<\/?(?:Tab|tab|CodeGroup)|\{\{[<%]\s*tab\b|^:{3}TabTitle|^[ \t]*===[+!]? "/im.test(source)) return [];
  const lines = linesOf(source).filter(({ start }) => !isCode(start));
  const found = [...dialects.flatMap((dialect) => marked(lines, dialect)), ...indentedTabs(lines)];
  // Groups are told apart across dialects as well.
  const groups = new Map<string, number>();
  return found
    .map(({ dialect, ...tab }) => {
      const name = `${dialect}:${tab.group}`;
      if (!groups.has(name)) groups.set(name, groups.size);
      return { ...tab, group: groups.get(name) ?? 0 };
    })
    .sort((a, b) => a.group - b.group || a.start - b.start);
}

type Found = Tab & { readonly dialect: number };

function marked(lines: readonly Line[], dialect: Dialect): Found[] {
  const tabs: Found[] = [];
  let current: { start: number; label: string } | undefined;
  let group = 0;
  let apart = false;
  const end = (offset: number) => {
    if (current !== undefined) tabs.push({ ...current, end: offset, group, dialect: dialects.indexOf(dialect) });
    current = undefined;
  };
  for (const line of lines) {
    const label = dialect.open(line.text);
    if (label !== undefined && (current === undefined || dialect.close === undefined)) {
      end(line.start);
      if (apart) group += 1;
      apart = false;
      current = { start: line.start, label };
    } else if (dialect.close?.test(line.text) === true) end(line.end);
    else if (dialect.closeAll?.test(line.text) === true) {
      end(line.start);
      apart = true;
    } else if (current === undefined && line.text.trim() !== '' && dialect.between?.test(line.text) !== true)
      apart = true;
  }
  if (dialect.close === undefined) end(lines.at(-1)?.end ?? 0);
  return tabs;
}

/** `=== "Linux"`: what stands deeper below it is the tab. */
function indentedTabs(lines: readonly Line[]): Found[] {
  const tabs: Found[] = [];
  let current: { start: number; label: string; column: number } | undefined;
  let group = 0;
  const end = (offset: number) => {
    if (current !== undefined)
      tabs.push({ start: current.start, end: offset, label: current.label, group, dialect: dialects.length });
    current = undefined;
  };
  for (const line of lines) {
    if (line.text.trim() === '') continue;
    const column = line.text.length - line.text.trimStart().length;
    const label = /^[ \t]*===[+!]? "([^"]{1,200})"\s*$/.exec(line.text)?.[1];
    if (label !== undefined && (current === undefined || column <= current.column)) {
      const beside = current !== undefined && column === current.column;
      end(line.start);
      if (!beside) group += 1;
      current = { start: line.start, label, column };
    } else if (current !== undefined && column <= current.column) end(line.start);
  }
  end(lines.at(-1)?.end ?? 0);
  return tabs;
}

function attributes(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  for (const name of ['label', 'title', 'heading', 'name', 'value', 'header']) {
    const found = new RegExp(`\\b${name}\\s*=\\s*\\{?\\s*(["'])(.*?)\\1`).exec(text)?.[2];
    if (found !== undefined) return found;
  }
  return /^\s*"([^"]{1,200})"/.exec(text)?.[1] ?? '';
}

import { type Line, linesOf } from '../../effects/documents/lines.ts';
import { looksLikeCommand } from '../../effects/documents/prose.ts';
import { flatTable } from './flat-table.ts';
import { linedItems } from './lined-items.ts';
import { lineCounter } from './lines.ts';
import type { CodeNode, HeadingNode, ItemNode, Node, TextNode } from './nodes.ts';

/**
 * A document that an export has robbed of its marks: paragraphs, numbered lines that were headings, tables as lines of words. Undefined
 * when a text shows no such thing.
 */
export function flatNodes(source: string): Node[] | undefined {
  const groups = groupsOf(source);
  const chapters = chaptersOf(groups);
  const tables = new Map(groups.map((group, index) => [index, tableOf(group)] as const));
  const found = [...tables.values()].filter((table) => table !== undefined).length;
  if (chapters.size < 2 || chapters.size + found < 3) return undefined;
  const title = groups.findIndex((group) => isTitle(group));
  const [firstChapter = 0] = chapters;
  return groups.flatMap((group, index): Node[] => {
    if (chapters.has(index)) return [heading(group, 2)];
    if (index === title && index < firstChapter) return [heading(group, 1)];
    const table = tables.get(index);
    if (table !== undefined) {
      const rowLines = table.rows.map((_, row) => group.line + 1 + row);
      return [{ kind: 'table', ...table, rowLines, ...placeOf(group) }];
    }
    const code = listOf(group) ?? codeOf(group);
    if (code !== undefined) return [code];
    const lines = group.lines.map(({ text, start }, index) => ({ text, start, line: group.line + index }));
    return linedItems(lines) ?? [paragraphOf(group)];
  });
}

interface Group {
  readonly lines: readonly Line[];
  /** Line of the document, from 1, of the first. */
  readonly line: number;
}

/** Lines with nothing blank between them. */
function groupsOf(source: string): Group[] {
  const groups: { lines: Line[]; line: number }[] = [];
  let open = false;
  for (const [index, line] of linesOf(source).entries()) {
    const blank = line.text.trim() === '' || line.text === '\ufeff';
    if (!blank && open) groups.at(-1)?.lines.push(line);
    else if (!blank) groups.push({ lines: [line], line: index + 1 });
    open = !blank;
  }
  return groups;
}

const chapter = /^\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.)、．]?\s+(\S[^\n]{0,70})$/;

/** Short lines that stand alone and are numbered one after the other. */
function chaptersOf(groups: readonly Group[]): Set<number> {
  const found = new Set<number>();
  let last = 0;
  for (const [index, { lines }] of groups.entries()) {
    const [number, text = ''] = chapter.exec(lines.length === 1 ? (lines[0]?.text ?? '') : '')?.slice(1) ?? [];
    if (number === undefined || /[。.;；,，:：]\s*$/.test(text)) continue;
    const first = Number(number.split('.')[0]);
    if (first !== last && first !== last + 1) continue;
    last = first;
    found.add(index);
  }
  return found;
}

/** A line alone that is neither a path nor what a web page puts around a document. */
function isTitle({ lines }: Group): boolean {
  const text = lines[0]?.text.trim() ?? '';
  return (
    lines.length === 1 &&
    text.length > 3 &&
    text.length < 120 &&
    !/^\S*\/\S*$/.test(text) &&
    !/^[\d.,]+\s*(?:[KMG]i?B|bytes|lines)\b/i.test(text) &&
    !/^(?:files?|raw|blame|history|edit|copy|download|home|back|menu)\b/i.test(text)
  );
}

function placeOf({ lines, line }: Group): { line: number; endLine: number; start: number } {
  return { line, endLine: line + lines.length - 1, start: lines[0]?.start ?? 0 };
}

function heading(group: Group, depth: number): HeadingNode {
  const raw = group.lines.map(({ text }) => text).join('\n');
  return { kind: 'heading', depth, raw, text: raw.replace(/\s+/g, ' ').trim(), ...placeOf(group) };
}

function tableOf({ lines }: Group) {
  return flatTable(lines.map(({ text }) => text));
}

const marked = /^\s*(?:(\d{1,3})[.)、]|[-*+•‣・])\s+(\S.*)$/;

function listOf(group: Group): Node | undefined {
  const found = group.lines.map(({ text }) => marked.exec(text));
  if (found.length < 2 || found.some((one) => one === null)) return undefined;
  const ordered = found.every((one) => one?.[1] !== undefined);
  const items = group.lines.map((line, index): ItemNode => {
    const text = found[index]?.[2] ?? '';
    const place = { line: group.line + index, endLine: group.line + index, start: line.start };
    const paragraph: TextNode = { kind: 'paragraph', text, lineAt: () => place.line, ...place };
    return { kind: 'item', ordered, number: Number(found[index]?.[1] ?? 0), text, children: [paragraph], ...place };
  });
  return { kind: 'list', ordered, items, ...placeOf(group) };
}

/** Commands that go on over lines, and lists of names with values. */
function codeOf(group: Group): CodeNode | undefined {
  const text = group.lines.map((line) => line.text).join('\n');
  const settings =
    group.lines.length > 1 && group.lines.every((line) => /^\s*[A-Za-z_][\w.-]*\s?=\s?\S*\s*$/.test(line.text));
  const continued = /\s\\\s*$/.test(group.lines[0]?.text ?? '') && looksLikeCommand(text);
  if (!settings && !continued && !/^\s*\$ \S/.test(text)) return undefined;
  return {
    kind: 'code',
    how: 'indented',
    tag: settings ? 'ini' : 'sh',
    meta: '',
    closed: true,
    text,
    lineAt: lineIn(text, group.line),
    ...placeOf(group),
  };
}

function paragraphOf(group: Group): TextNode {
  const text = group.lines.map((line) => line.text).join('\n');
  return { kind: 'paragraph', text, lineAt: lineIn(text, group.line), ...placeOf(group) };
}

function lineIn(text: string, first: number): (offset: number) => number {
  const inText = lineCounter(text);
  return (offset) => first + inText(offset) - 1;
}

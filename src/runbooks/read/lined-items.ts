import type { ItemNode, Node, TextNode } from './nodes.ts';

/** A line of a text without marks of lists, with its place in the document. */
export interface PlacedLine {
  readonly text: string;
  readonly line: number;
  /** Offset in the document. */
  readonly start: number;
}

interface Mark {
  /** Of a line with a number. */
  readonly number?: number;
  /** Of a line with a box: whether it is ticked. */
  readonly done?: boolean;
  readonly text: string;
}

/**
 * Lines that count or have boxes without being a list for Markdown: `１．`, `2、`, `（3）`, `①`, `a)`, `가.`, `[ ]`, `□`. Undefined when no line
 * is so; else the lists, with what stands before, between and after them. With `itemFirst` the first line belongs to an item already.
 */
export function linedItems(lines: readonly PlacedLine[], itemFirst = false): Node[] | undefined {
  const marks = marksOf(lines, itemFirst);
  if (marks.every((mark) => mark === undefined)) return undefined;
  const nodes: Node[] = [];
  let open: ItemNode[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at + 1;
    while (end < lines.length && marks[end] === undefined) end += 1;
    const own = lines.slice(at, end);
    const mark = marks[at];
    if (mark === undefined) nodes.push(textNode(own));
    else {
      const item = itemOf(mark, own);
      const last = nodes.at(-1);
      if (last?.kind === 'list' && last.ordered === item.ordered) {
        open.push(item);
        nodes[nodes.length - 1] = { ...last, endLine: item.endLine };
      } else {
        open = [item];
        nodes.push({ kind: 'list', ordered: item.ordered, items: open, ...placeOf(own) });
      }
    }
    at = end;
  }
  return nodes;
}

/** A box to tick, at the beginning of a line: `[ ]`, `[x]`, `☐`. */
export const box = /^(?:\[([ xX\u3000]?)\](?=\s|$)|([☐☑☒□⬜])|■(?=\s))\s*/;

export function isTicked(mark: string): boolean {
  return /[xX☑☒■]/.test(mark);
}

/** Marks that nobody writes by chance. */
const certain =
  /^\s*(?:([0-9０-９]{1,2})[、．）]|([０-９]{1,2})[.)]|（([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})）|([①-⑳]))\s*(?=\S)/u;
/** Marks that count only when a second one follows the first. */
const counted = /^\s*(?:(\d{1,2})[.)]|\((\d{1,2})\)|([a-z])[.)]|([가나다라마바사아자차])[.)])\s+(?=\S)/u;
const korean = '가나다라마바사아자차';
const chinese = '一二三四五六七八九十';

function marksOf(lines: readonly PlacedLine[], itemFirst: boolean): (Mark | undefined)[] {
  const counts = lines.map(({ text }, index) => (index === 0 && itemFirst ? undefined : countOf(text)));
  const sequence = inSequence(counts);
  return lines.map(({ text }, index): Mark | undefined => {
    if (index === 0 && itemFirst) return undefined;
    const numbered = certain.exec(text);
    if (numbered !== null) {
      const number = numberOf(numbered.slice(1).find((part) => part !== undefined) ?? '1');
      return { number, ...boxed(text.slice(numbered[0].length)) };
    }
    const count = counts[index];
    if (count !== undefined && sequence[index] === true) return { number: count.number, ...boxed(count.text) };
    const own = text.trimStart();
    // In a list it may be a box that is filled; alone it is a mark of headings.
    if (!box.test(own) || own.startsWith('■')) return undefined;
    return boxed(own);
  });
}

function boxed(text: string): { readonly text: string; readonly done?: boolean } {
  const found = box.exec(text);
  return found === null ? { text } : { text: text.slice(found[0].length), done: isTicked(found[0]) };
}

function countOf(text: string): { readonly kind: string; readonly number: number; readonly text: string } | undefined {
  const found = counted.exec(text);
  if (found === null) return undefined;
  const at = found.slice(1).findIndex((part) => part !== undefined);
  return { kind: String(at), number: numberOf(found[at + 1] ?? ''), text: text.slice(found[0].length) };
}

/** For each line that counts whether the one before or after it counts on in the same way. */
function inSequence(counts: readonly ReturnType<typeof countOf>[]): boolean[] {
  const found = counts.map(() => false);
  let before: number | undefined;
  for (const [index, count] of counts.entries()) {
    if (count === undefined) continue;
    const last = before === undefined ? undefined : counts[before];
    if (before !== undefined && last?.kind === count.kind && last.number === count.number - 1) {
      found[before] = true;
      found[index] = true;
    }
    before = index;
  }
  return found;
}

function numberOf(mark: string): number {
  if (/^[①-⑳]/u.test(mark)) return (mark.codePointAt(0) ?? 0) - 0x2460 + 1;
  if (/^[a-z]$/.test(mark)) return mark.charCodeAt(0) - 96;
  if (korean.includes(mark)) return korean.indexOf(mark) + 1;
  if (/^[一二三四五六七八九十]/.test(mark)) return chinese.indexOf(mark.at(-1) ?? '') + (mark.length > 1 ? 11 : 1);
  return Number(mark.normalize('NFKC'));
}

function itemOf({ number, done, text }: Mark, lines: readonly PlacedLine[]): ItemNode {
  const [first] = lines;
  const own = first === undefined ? lines : [{ ...first, text }, ...lines.slice(1)];
  const body = textNode(own);
  return {
    kind: 'item',
    ordered: number !== undefined,
    number: number ?? 0,
    text: body.text,
    children: [body],
    ...(done === undefined ? {} : { done }),
    ...placeOf(lines),
  };
}

function textNode(lines: readonly PlacedLine[]): TextNode {
  const text = lines.map((line) => line.text).join('\n');
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.text.length + 1;
  }
  const lineAt = (offset: number) =>
    lines[
      Math.max(
        0,
        starts.findLastIndex((start) => start <= offset),
      )
    ]?.line ?? 1;
  return { kind: 'paragraph', text, lineAt, ...placeOf(lines) };
}

function placeOf(lines: readonly PlacedLine[]) {
  return { line: lines[0]?.line ?? 1, endLine: lines.at(-1)?.line ?? 1, start: lines[0]?.start ?? 0 };
}

import type { Nodes } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';
import { withoutDeepFences } from './deep-fences.ts';
import { frontMatterOf } from './front-matter.ts';
import { gfmTables, markdownParser } from './lazy.ts';
import { type Line, linesOf } from './lines.ts';
import { cutter, type Mapped, part, piece, through } from './mapped.ts';
import { componentLines, quieten } from './quieten.ts';

/** A block of code: what its fence says it is, and its text without the indentation of what holds it. */
export interface CodeElement {
  readonly kind: 'fenced' | 'indented' | 'pre';
  /** The first word after the fence, in lower case; empty where there is none. */
  readonly tag: string;
  /** The rest of the fence's line. */
  readonly meta: string;
  readonly content: Mapped;
  /** Whether a fence that was opened is closed. */
  readonly closed: boolean;
}

export interface TextElement {
  /** `unreadable`: nested beyond what can be told apart. `html`: as it stands, comments too. */
  readonly kind: 'paragraph' | 'table' | 'html' | 'unreadable';
  readonly content: Mapped;
}

export interface HeadingElement {
  readonly kind: 'heading';
  readonly depth: number;
  readonly content: Mapped;
}

/** Where a list, an item or a quote begins and ends: what stands between is in it. */
export interface ContainerElement {
  readonly kind: 'open' | 'close';
  readonly container: 'list' | 'item' | 'quote';
  readonly ordered: boolean;
  /** The number that an ordered list begins with. */
  readonly first: number;
}

/** `start` and `end` are offsets in the document. */
export type Element = (CodeElement | TextElement | HeadingElement | ContainerElement) & {
  readonly start: number;
  readonly end: number;
};

/**
 * The blocks of a Markdown document in order: code (fenced, indented, in lists, quotes and components of MDX, in HTML), paragraphs,
 * headings, and where lists and quotes begin and end. Tables are paragraphs unless they are asked for. Never throws.
 */
export function elementsOf(markdown: string, options: { readonly tables?: boolean } = {}): Element[] {
  return elementsIn(piece(markdown, frontMatterOf(markdown).body, markdown.length), options.tables === true, 0);
}

/** Everything inside of lines: it is slow on long texts, and no block depends on it. */
const inline = [
  'attention',
  'codeText',
  'labelStartLink',
  'labelStartImage',
  'labelEnd',
  'autolink',
  'htmlText',
  'hardBreakEscape',
  'characterEscape',
  'characterReference',
  'definition',
];
const options = { extensions: [{ disable: { null: inline } }] };

/** Only where a table begins and ends: its cells are read from its lines. */
const tableNodes: Extension = {
  enter: {
    table(token) {
      this.enter({ type: 'table', children: [] }, token);
    },
  },
  exit: {
    table(token) {
      this.exit(token);
    },
  },
};

function optionsWithTables() {
  return { extensions: [...options.extensions, gfmTables().gfmTable()], mdastExtensions: [tableNodes] };
}

const deepest = 3;

function elementsIn(whole: Mapped, tables: boolean, depth: number): Element[] {
  const outer = withoutDeepFences(whole);
  const text = quieten(outer.text);
  const lines = linesOf(text);
  const inComponent = tables ? componentLines(outer.text) : [];
  const found: Element[] = [];
  const at = (offset: number) => outer.offsets[offset] ?? outer.offsets.at(-1) ?? 0;
  const code = (kind: CodeElement['kind'], inner: Mapped, [from, to]: readonly [number, number], said?: Said) => {
    const { tag = '', meta = '', closed = true } = said ?? {};
    found.push({ kind, tag, meta, closed, content: through(outer, inner), start: at(from), end: at(to) });
  };
  const visit = (node: Nodes): void => {
    const start = node.position?.start;
    const end = node.position?.end;
    if (start?.offset === undefined || end?.offset === undefined) return;
    const span = [start.offset, end.offset] as const;
    const place = { start: at(span[0]), end: at(span[1]) };
    const plain = () => through(outer, piece(outer.text, ...span));
    if (node.type === 'code') {
      const fenced = /[`~]/.test(text[start.offset] ?? '');
      const content = codeText(outer.text, lines, node.value, start.line - (fenced ? 0 : 1));
      // Components of MDX indent what they hold, fences as well.
      if (!fenced && depth < deepest && isDocument(content.text, inComponent[start.line - 1] === true)) nested(content);
      else if (!fenced) code('indented', content, span);
      else {
        const closed = isClosed(text.slice(...span));
        code('fenced', content, span, { tag: tagOf(node.lang, node.meta), meta: metaOf(outer.text, span[0]), closed });
      }
    } else if (node.type === 'html' || isComponentOfCode(node, outer.text)) html(piece(outer.text, ...span), span);
    else if (node.type === 'paragraph' || node.type === 'table')
      found.push({ kind: node.type, content: plain(), ...place });
    else if (node.type === 'heading') found.push({ kind: 'heading', depth: node.depth, content: plain(), ...place });
    else if ('children' in node) {
      const container = containers[node.type];
      const ordered = node.type === 'list' && node.ordered === true;
      const first = node.type === 'list' ? (node.start ?? 1) : 1;
      if (container !== undefined) found.push({ kind: 'open', container, ordered, first, ...place });
      for (const child of node.children) visit(child);
      if (container !== undefined)
        found.push({ kind: 'close', container, ordered, first, start: place.end, end: place.end });
    }
  };
  const nested = (inner: Mapped) => {
    found.push(...elementsIn(through(outer, inner), tables, depth + 1));
  };
  const html = (markup: Mapped, [start, end]: readonly [number, number]) => {
    found.push({ kind: 'html', content: through(outer, markup), start: at(start), end: at(end) });
    for (const { open, from, to, close, tag } of preformatted(markup.text))
      code('pre', withoutTags(part(markup, from, to)), [start + open, start + close], { tag, meta: '', closed: true });
    // What is commented out is no part of the document.
    const first = markup.text
      .replace(/<!--[\s\S]*?(?:-->|$)/g, (hidden) => ' '.repeat(hidden.length))
      .search(/^[ \t]*(?:```|~~~)/m);
    if (depth < deepest && first >= 0) {
      nested(dedented(part(markup, first, markup.text.length)));
    }
  };
  try {
    visit(markdownParser().fromMarkdown(text, tables ? optionsWithTables() : options));
  } catch {
    // Nested beyond what the parser's stack holds: what is written there cannot be told apart any more.
    found.push({ kind: 'unreadable', content: outer, start: at(0), end: at(outer.text.length) });
  }
  return found;
}

/** Indented text that holds fences; in a component also what has other marks of Markdown, for there it is none but indented. */
function isDocument(text: string, inComponent: boolean): boolean {
  return (
    /^[ \t>]*(?:```|~~~)/m.test(text) ||
    (inComponent && /^(?:#{2,6} |[-*+] |\d+[.)] |> |\|?[ \t]*:?-+:?[ \t]*\|)/m.test(text))
  );
}

/** A component of MDX with code on the line where it begins is a paragraph for Markdown. */
function isComponentOfCode({ type, position }: Nodes, text: string): boolean {
  return type === 'paragraph' && text.startsWith('<CodeBlock', position?.start.offset);
}

interface Preformatted {
  readonly open: number;
  readonly from: number;
  readonly to: number;
  readonly close: number;
  /** What a class or an attribute says that it is; empty where none does. */
  readonly tag: string;
}

/** `<pre>`, and `<CodeBlock>` of MDX with what stands in its braces, with what closes it, found in one pass. */
function preformatted(markup: string): Preformatted[] {
  const found: Preformatted[] = [];
  let open: { open: number; from: number; tag: string } | undefined;
  for (const tag of markup.matchAll(/<(?:pre|CodeBlock)\b[^>]{0,500}>|<\/(?:pre|CodeBlock)>/gi)) {
    const end = tag.index + tag[0].length;
    if (!tag[0].startsWith('</')) {
      const said = /\blang(?:uage)?[-=]["']?([\w+#-]{1,30})/i.exec(
        tag[0] + markup.slice(end, end + 200).split('>', 1)[0],
      );
      open ??= { open: tag.index, from: end, tag: said?.[1]?.toLowerCase() ?? '' };
    } else if (open !== undefined) {
      const braces = /^(\s*\{`)([\s\S]*)`\}\s*$/.exec(markup.slice(open.from, tag.index));
      const from = open.from + (braces?.[1]?.length ?? 0);
      const to = braces === null ? tag.index : from + (braces[2]?.length ?? 0);
      found.push({ ...open, from, to, close: end });
      open = undefined;
    }
  }
  return found;
}

interface Said {
  readonly tag: string;
  readonly meta: string;
  readonly closed: boolean;
}

const containers: Readonly<Record<string, ContainerElement['container']>> = {
  list: 'list',
  listItem: 'item',
  blockquote: 'quote',
};

/** What stands after a fence and the first word, as it is written. */
function metaOf(text: string, at: number): string {
  const line = /^[^\r\n]*/.exec(text.slice(at, at + 2000))?.[0] ?? '';
  return line.replace(/^[`~]+[ \t]*[\w+#-]*/, '').trim();
}

/** A fence that nothing closes goes to the end of what holds it. */
function isClosed(fence: string): boolean {
  const open = /^[`~]+/.exec(fence)?.[0] ?? '';
  const last = fence.slice(Math.max(fence.lastIndexOf('\n'), fence.lastIndexOf('\r')) + 1);
  const close = /^[ \t>]*([`~]{3,})[ \t]*$/.exec(last)?.[1] ?? '';
  return close.startsWith(open) && fence.length > open.length;
}

/** ` ```bash title="x" `, ` ```{.bash} `, ` ```shell{1,3} `. */
function tagOf(lang: string | null | undefined, meta: string | null | undefined): string {
  const tag = /[a-z][\w+#-]*/i.exec(lang ?? '')?.[0] ?? /\.([a-z]\w*)/i.exec(meta ?? '')?.[1] ?? '';
  return tag.toLowerCase();
}

/** The text of a code block, found again line by line: what stands before it on its line belongs to lists, quotes and fences. */
function codeText(original: string, lines: readonly Line[], value: string, firstLine: number): Mapped {
  const cut = cutter(original);
  const parts = value.split(/\r\n?|\n/);
  for (const [index, wanted] of parts.entries()) {
    const line = lines[firstLine + index];
    if (line === undefined) break;
    // A tab that was cut in two leaves blanks that do not stand there.
    const body = line.text.endsWith(wanted) ? wanted : wanted.trimStart();
    const from = line.end - Math.min(body.length, line.text.length);
    cut.put(wanted.slice(0, wanted.length - body.length), from);
    cut.copy(from, line.end);
    if (index < parts.length - 1) cut.put('\n', line.end);
  }
  return cut.done();
}

/** Code in HTML: tags inside of it only colour it. */
function withoutTags(html: Mapped): Mapped {
  const cut = cutter('');
  let done = 0;
  for (const tag of html.text.matchAll(/<\/?(?:code|span|b|i|em|strong|font|a|br|kbd|mark)\b[^<>]{0,500}>/gi)) {
    cut.add(part(html, done, tag.index));
    done = tag.index + tag[0].length;
  }
  cut.add(part(html, done, html.text.length));
  return cut.done(html.offsets.at(-1));
}

/** Without the indentation that its first line has. */
function dedented(inner: Mapped): Mapped {
  const indent = /^[ \t]*/.exec(inner.text)?.[0].length ?? 0;
  if (indent === 0) return inner;
  const cut = cutter('');
  for (const line of linesOf(inner.text)) {
    const own = line.text.length - line.text.trimStart().length;
    const next = line.end + (inner.text.startsWith('\r\n', line.end) ? 2 : 1);
    cut.add(part(inner, line.start + Math.min(indent, own), Math.min(next, inner.text.length)));
  }
  return cut.done(inner.offsets.at(-1));
}

import type { Nodes } from 'mdast';
import { markdownParser } from './lazy.ts';
import { type Line, linesOf } from './lines.ts';
import { cutter, type Mapped, part, piece, through } from './mapped.ts';

/** A block of a document: what its fence says it is, and its text without the indentation of what holds it. */
export interface Block {
  readonly kind: 'fenced' | 'indented' | 'html' | 'paragraph';
  /** The first word after the fence, in lower case; empty where there is none. */
  readonly tag: string;
  /** The rest of the fence's line. */
  readonly meta: string;
  readonly content: Mapped;
}

/**
 * Every block of code in a Markdown document, in order: fenced, indented, in lists, quotes and components of MDX, in HTML. Paragraphs
 * come as well, for a command may stand in one. Code inside a sentence or a table is a mention and does not come alone.
 */
export function blocksOf(markdown: string): Block[] {
  const start = afterFrontMatter(markdown, afterComments(markdown));
  return blocksIn(piece(markdown, start, markdown.length), 0);
}

/** Comments before front matter would make a heading of it. A byte order mark goes with them. */
function afterComments(markdown: string): number {
  let at = markdown.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    const blank = /^\s*/.exec(markdown.slice(at, at + 1000))?.[0].length ?? 0;
    if (!markdown.startsWith('<!--', at + blank)) return at + (blank === 0 ? 0 : firstLine(markdown, at, at + blank));
    const close = markdown.indexOf('-->', at + blank);
    if (close < 0) return at;
    at = close + 3;
  }
}

/** How far blank lines go: the indentation of the line after them stays, for it may make code of it. */
function firstLine(text: string, from: number, to: number): number {
  return Math.max(text.lastIndexOf('\n', to - 1), text.lastIndexOf('\r', to - 1), from - 1) + 1 - from;
}

function afterFrontMatter(markdown: string, at: number): number {
  const fence = /^(---|\+\+\+)[ \t]*(?:\r\n?|\n)/.exec(markdown.slice(at, at + 100));
  if (fence === null) return at;
  const close = new RegExp(`^${fence[1] === '---' ? '---' : '\\+\\+\\+'}[ \\t]*$`, 'm').exec(
    markdown.slice(at + fence[0].length, at + 50_000),
  );
  const inside = close === null ? '' : markdown.slice(at + fence[0].length, at + fence[0].length + close.index);
  // A rule with text below it is no front matter.
  if (close === null || !/^[\w"'-]+[ \t]*[:=]/m.test(inside) || /^[ \t]*(?:\r\n?|\n)/.test(inside)) return at;
  return at + fence[0].length + close.index + close[0].length;
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

const deepest = 3;

function blocksIn(outer: Mapped, depth: number): Block[] {
  const text = quiet(shallow(withoutComponents(outer.text.replaceAll('\0', '\ufffd'))));
  const lines = linesOf(text);
  const blocks: Block[] = [];
  const add = (kind: Block['kind'], tag: string, inner: Mapped, meta = '') => {
    if (inner.text.trim() !== '') blocks.push({ kind, tag, meta, content: through(outer, inner) });
  };
  const visit = (node: Nodes): void => {
    const start = node.position?.start;
    const end = node.position?.end;
    if (start?.offset === undefined || end?.offset === undefined) return;
    if (node.type === 'code') {
      const fenced = /[`~]/.test(text[start.offset] ?? '');
      const content = codeText(outer.text, lines, node.value, start.line - (fenced ? 0 : 1));
      // Components of MDX indent what they hold, fences as well.
      if (!fenced && depth < deepest && /^(?:```|~~~)/m.test(content.text)) nested(content);
      else add(fenced ? 'fenced' : 'indented', tagOf(node.lang, node.meta), content, node.meta ?? '');
    } else if (node.type === 'html') {
      htmlBlocks(piece(outer.text, start.offset, end.offset));
    } else if (node.type === 'paragraph') {
      add('paragraph', '', piece(outer.text, start.offset, end.offset));
    } else if ('children' in node) for (const child of node.children) visit(child);
  };
  const nested = (inner: Mapped) => {
    blocks.push(...blocksIn(through(outer, inner), depth + 1));
  };
  const htmlBlocks = (html: Mapped) => {
    for (const found of html.text.matchAll(/<pre\b[^>]{0,500}>([\s\S]*?)<\/pre>/gi)) {
      const from = found.index + found[0].indexOf('>') + 1;
      const to = found.index + found[0].length - '</pre>'.length;
      add('html', '', withoutTags(part(html, from, to)));
    }
    if (depth < deepest && /^[ \t]*(?:```|~~~)/m.test(html.text)) {
      const first = html.text.search(/^[ \t]*(?:```|~~~)/m);
      nested(dedented(part(html, first, html.text.length)));
    }
  };
  try {
    visit(markdownParser().fromMarkdown(text, options));
  } catch {
    // Nested beyond what the parser's stack holds: what is written there cannot be told apart any more.
    add('indented', '', piece(outer.text, 0, outer.text.length));
  }
  return blocks;
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

/** Lines that hold only a tag of MDX or HTML, outside of fences, become blank: they part blocks and are none. */
function withoutComponents(text: string): string {
  if (!/^[ \t]*<\/?[A-Za-z]/m.test(text)) return text;
  let result = '';
  let done = 0;
  let fence: string | undefined;
  for (const line of linesOf(text)) {
    const mark = /^[ \t>]*(```+|~~~+)(.*)$/.exec(line.text);
    if (mark !== null) {
      const [, ticks = '', rest = ''] = mark;
      if (fence === undefined) fence = ticks;
      else if (ticks.startsWith(fence) && rest.trim() === '') fence = undefined;
    }
    if (fence !== undefined || !isTagLine(line.text)) continue;
    result += text.slice(done, line.start) + ' '.repeat(line.end - line.start);
    done = line.end;
  }
  return result + text.slice(done);
}

function isTagLine(line: string): boolean {
  if (line.length > 500 || /<\/?(?:pre|code|script|style|textarea)\b/i.test(line)) return false;
  return (
    /^[ \t]*(?:<\/?[A-Za-z][\w.-]*(?:\s[^<>]*)?\/?>[ \t]*)+$/.test(line) ||
    /^[ \t]*<summary>[^<]*<\/summary>[ \t]*$/.test(line)
  );
}

/** Signs inside of lines mean nothing to blocks, and cost the parser more than all the rest: they become words. */
function quiet(text: string): string {
  return text.replace(
    /^([ \t>*+-]*(?:\d{1,9}[.)][ \t>*+-]*)*(?:<[^\r\n]*|`{3,}|~{3,}|\\)?)([^\r\n]*)$/gm,
    (_, head: string, rest: string) =>
      head + rest.replace(/[&[\]!*_\\`]|<(?!\/(?:pre|script|style|textarea)\b)/gi, 'x'),
  );
}

/** Containers nested beyond all use take the parser's time: their marks become words. */
function shallow(text: string): string {
  return text
    .replace(
      /^((?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){60})([ \t>*+-]+)/gm,
      (_, kept: string, rest: string) => kept + 'x'.repeat(rest.length),
    )
    .replace(/^([ \t]{200})([ \t]+)/gm, (_, kept: string, rest: string) => kept + 'x'.repeat(rest.length));
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

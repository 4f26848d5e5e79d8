import type { Document, Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { yaml } from './lazy.ts';
import { linesOf } from './lines.ts';
import { cutter, type Mapped, piece } from './mapped.ts';

/** A YAML text whose values lead back to where they stand. Templates in double braces survive. */
export interface YamlSource {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
}

const largest = 4_000_000;

/** Undefined when it is too large or too deeply nested to be read. Broken YAML is read as far as it goes. */
export function readYaml(text: string): YamlSource | undefined {
  if (text.length > largest || tooDeep(text)) return undefined;
  try {
    const options = {
      keepSourceTokens: true,
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      merge: true,
    } as const;
    const documents = yaml().parseAllDocuments(maskTemplates(text), options);
    return { text, documents: Array.isArray(documents) ? documents : [] };
  } catch {
    return undefined;
  }
}

export function isMap(node: unknown): node is YAMLMap {
  return yaml().isMap(node);
}

export function isSeq(node: unknown): node is YAMLSeq {
  return yaml().isSeq(node);
}

/** The pair of a mapping with this key. */
export function pairOf(node: unknown, key: string): { readonly key: Scalar; readonly value: Node | null } | undefined {
  if (!isMap(node)) return undefined;
  for (const pair of node.items) {
    if (yaml().isScalar(pair.key) && pair.key.value === key) return { key: pair.key, value: pair.value as Node | null };
  }
  return undefined;
}

export function at(node: unknown, ...path: readonly string[]): Node | undefined {
  let found: unknown = node;
  for (const key of path) found = pairOf(found, key)?.value;
  return (found ?? undefined) as Node | undefined;
}

/** What a scalar says; undefined for anything else. */
export function scalarOf(node: unknown): string | undefined {
  return yaml().isScalar(node) && node.value !== null && node.value !== undefined ? String(node.value) : undefined;
}

export function itemsOf(node: unknown): readonly unknown[] {
  return isSeq(node) ? node.items : [];
}

/** Follows an alias to what it names. */
export function followed(node: unknown, document: Document.Parsed): unknown {
  if (!yaml().isAlias(node)) return node;
  try {
    return node.resolve(document);
  } catch {
    return undefined;
  }
}

/** The value of a scalar as text, each character with its place in the document. */
export function scalarText(node: unknown, source: YamlSource): Mapped | undefined {
  if (!yaml().isScalar(node) || node.range === undefined || node.range === null) return undefined;
  const [start, end] = node.range;
  if (node.type === yaml().Scalar.BLOCK_LITERAL || node.type === yaml().Scalar.BLOCK_FOLDED)
    return blockText(node, source.text);
  if (node.type === yaml().Scalar.QUOTE_DOUBLE)
    return doubleQuoted(source.text, start + 1, inner(source.text, start, end, '"'));
  if (node.type === yaml().Scalar.QUOTE_SINGLE)
    return singleQuoted(source.text, start + 1, inner(source.text, start, end, "'"));
  return folded(source.text, start, end, (cut, from, to) => cut.copy(from, to));
}

/** A quoted scalar that is cut short has no closing quote. */
function inner(text: string, start: number, end: number, quote: string): number {
  return end > start + 1 && text[end - 1] === quote ? end - 1 : end;
}

/** `|` and `>`: the indentation goes, the lines stay or are folded. */
function blockText(node: Scalar, text: string): Mapped {
  const [start, end] = node.range ?? [0, 0];
  const header = /^[|>]([-+0-9]*)[^\r\n]*(?:\r\n?|\n)?/.exec(text.slice(start, Math.min(end, start + 2000)));
  if (header === null) return piece(text, start, end);
  const bodyStart = start + header[0].length;
  const lines = linesOf(text.slice(bodyStart, end)).map((line) => ({
    text: line.text,
    start: line.start + bodyStart,
    end: line.end + bodyStart,
  }));
  const said = /[1-9]/.exec(header[1] ?? '');
  const first = lines.find((line) => line.text.trim() !== '');
  const found = first === undefined ? 0 : indentOf(first.text);
  const source = (node as { srcToken?: { indent?: number } }).srcToken;
  const parent = Math.max(0, source?.indent ?? 0);
  const indent = said === null ? found : Math.min(found, parent + Number(said[0]));
  const fold = node.type === yaml().Scalar.BLOCK_FOLDED;
  while (lines.length > 0 && lines.at(-1)?.text.trim() === '') lines.pop();
  const plain = lines.map((line) => line.text.trim() !== '' && indentOf(line.text) <= indent);
  const cut = cutter(text);
  for (const [index, line] of lines.entries()) {
    if (!isTemplateControl(line.text))
      cut.copy(Math.min(line.start + Math.min(indent, indentOf(line.text)), line.end), line.end);
    const next = lines[index + 1];
    if (next === undefined) {
      if (header[1]?.includes('-') !== true) cut.put('\n', line.end);
      continue;
    }
    let after = index + 1;
    while (fold && plain[index] === true && lines[after]?.text.trim() === '') after += 1;
    if (fold && plain[index] === true && plain[after] === true) {
      // One break between two lines is a space; of more, the first is lost.
      if (after === index + 1) cut.put(' ', line.end);
    } else cut.put('\n', line.end);
  }
  return cut.done();
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

const control = /^\s*\{\{-?\s*(?:if|else|end|range|with|define|block|template|\/\*)[^}]*\}\}\s*$/;

/** A line that only steers a template. */
function isTemplateControl(line: string): boolean {
  return line.includes('{{') && line.length < 2000 && control.test(line);
}

type CopyLine = (cut: ReturnType<typeof cutter>, from: number, to: number) => void;

/** A flow scalar over several lines: one line break is a space, more are one fewer. */
function folded(text: string, from: number, to: number, copyLine: CopyLine): Mapped {
  const cut = cutter(text);
  const lines = linesOf(text.slice(from, to));
  let blanks = 0;
  for (const [index, line] of lines.entries()) {
    const isFirst = index === 0;
    const isLast = index === lines.length - 1;
    const lead = isFirst ? 0 : indentOf(line.text);
    const tail = isLast ? line.text.length : line.text.trimEnd().length;
    if (!isFirst && !isLast && line.text.trim() === '') {
      blanks += 1;
      continue;
    }
    if (!isFirst) {
      const before = from + (lines[index - 1]?.end ?? 0);
      cut.put(blanks > 0 ? '\n'.repeat(blanks) : ' ', before);
      blanks = 0;
    }
    copyLine(cut, from + line.start + lead, Math.max(from + line.start + lead, from + line.start + tail));
  }
  return cut.done(to);
}

function singleQuoted(text: string, from: number, to: number): Mapped {
  return folded(text, from, to, (cut, start, end) => {
    const line = text.slice(start, end);
    let done = 0;
    for (let at = line.indexOf("''"); at >= 0; at = line.indexOf("''", at + 2)) {
      cut.copy(start + done, start + at + 1);
      done = at + 2;
    }
    cut.copy(start + done, end);
  });
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  '\t': '\t',
};

/** The inside of a double-quoted YAML or JSON string. */
export function doubleQuoted(text: string, from: number, to: number): Mapped {
  const cut = cutter(text);
  let at = from;
  let done = from;
  while (at < to) {
    const character = text[at] ?? '';
    if (character === '\\') {
      cut.copy(done, at);
      at = done = writeEscape(cut, text, at, to);
    } else if (character === '\n' || character === '\r') {
      const lineEnd = done + text.slice(done, at).trimEnd().length;
      cut.copy(done, lineEnd);
      const skipped = /^(?:[ \t]*(?:\r\n?|\n))+[ \t]*/.exec(text.slice(at, to))?.[0] ?? character;
      const breaks = skipped.match(/\r\n?|\n/g)?.length ?? 1;
      cut.put(breaks > 1 ? '\n'.repeat(breaks - 1) : ' ', at);
      at = done = at + skipped.length;
    } else at += 1;
  }
  cut.copy(done, to);
  return cut.done(to);
}

/** Writes what an escape means and returns where the text goes on. */
function writeEscape(cut: ReturnType<typeof cutter>, text: string, at: number, to: number): number {
  const character = text[at + 1] ?? '';
  if (at + 1 >= to) {
    cut.copy(at, to);
    return to;
  }
  if (character === '\n' || character === '\r') {
    return at + 1 + (/^(?:\r\n?|\n)[ \t]*/.exec(text.slice(at + 1, to))?.[0].length ?? 1);
  }
  const digits = { x: 2, u: 4, U: 8 }[character];
  if (digits !== undefined) {
    const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
    if (code >= 0 && code <= 0x10ffff) cut.put(String.fromCodePoint(code), at);
    return Math.min(to, at + 2 + digits);
  }
  const meaning = escapes[character];
  if (meaning === undefined) cut.copy(at, at + 2);
  else cut.put(meaning, at);
  return at + 2;
}

/** Flow collections nested this deep serve nobody and would overflow the parser's stack. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) depth += 1;
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
    if (depth > 2000) return true;
  }
  return false;
}

/** Templates in double braces as words of the same length; a line that holds nothing else becomes blank. */
export function maskTemplates(text: string): string {
  if (!text.includes('{{')) return text;
  let masked = '';
  let done = 0;
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', done)) {
    const close = text.indexOf('}}', at + 2);
    if (close < 0) break;
    const end = close + 2;
    masked += text.slice(done, at) + text.slice(at, end).replace(/[^\r\n]/g, 'x');
    done = end;
  }
  masked += text.slice(done);
  return blankTemplateLines(text, masked);
}

function blankTemplateLines(text: string, masked: string): string {
  let result = '';
  let done = 0;
  for (const line of linesOf(text)) {
    if (!line.text.trimStart().startsWith('{{') || !/^(?:\s*\{\{[^{}]*\}\})+\s*$/.test(line.text)) continue;
    result += masked.slice(done, line.start) + ' '.repeat(line.end - line.start);
    done = line.end;
  }
  return result + masked.slice(done);
}

import type { SqlDialect } from './types.ts';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'sign' | 'backslash';

/** A piece of SQL that is neither space nor comment. `end` is exclusive; unterminated quotes reach to the end of the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A quote or comment that is never closed. */
  readonly open?: true;
}

const space = /\s/u;
const wordStart = /[\p{L}\p{Co}_@]/u;
const wordPart = /[\p{L}\p{M}\p{N}\p{Co}_$@]/u;

/** The next token at or after `at`, or undefined at the end of the text. Linear: each character is looked at once. */
export function nextToken(text: string, at: number, dialect: SqlDialect | undefined): Token | undefined {
  const start = skip(text, at, dialect);
  const char = text[start];
  if (char === undefined) return undefined;
  if (char === "'") return quoted(text, start, start + 1, "'", 'string', dialect === 'mysql' || escapes(text, start));
  if (char === '"')
    return quoted(text, start, start + 1, '"', dialect === 'mysql' ? 'string' : 'quoted', dialect === 'mysql');
  if (char === '`') return quoted(text, start, start + 1, '`', 'quoted', false);
  if (char === '$' && dialect !== 'mysql') return dollar(text, start);
  if (char === '\\') return { kind: 'backslash', start, end: start + 1 };
  if (isWordStart(char)) return { kind: 'word', start, end: whileWord(text, start + 1, dialect) };
  if (char >= '0' && char <= '9') return { kind: 'number', start, end: whileNumber(text, start + 1) };
  return { kind: 'sign', start, end: start + 1 };
}

/** Where the first character stands that is neither space nor comment. An open comment reaches to the end. */
function skip(text: string, at: number, dialect: SqlDialect | undefined): number {
  let index = at;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === 45 && text.charCodeAt(index + 1) === 45) index = lineEnd(text, index);
    else if (code === 35 && dialect === 'mysql') index = lineEnd(text, index);
    else if (code === 47 && text.charCodeAt(index + 1) === 42) index = commentEnd(text, index, dialect);
    else if (code <= 32 || (code > 127 && (code === 0xfeff || code === 0x200b || space.test(text[index] ?? ''))))
      index += 1;
    else break;
  }
  return index;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** PostgreSQL's comments nest, MySQL's do not. */
function commentEnd(text: string, at: number, dialect: SqlDialect | undefined): number {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    const pair = text.charCodeAt(index) * 256 + text.charCodeAt(index + 1);
    if (pair === 0x2f2a) depth = dialect === 'mysql' ? 1 : depth + 1;
    else if (pair === 0x2a2f) depth -= 1;
    else continue;
    index += 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** `E'...'`: the letter was read as a word of its own just before. */
function escapes(text: string, quote: number): boolean {
  const before = text[quote - 1];
  return (before === 'e' || before === 'E') && !isWordPart(text[quote - 2] ?? ' ');
}

function quoted(text: string, start: number, from: number, mark: string, kind: TokenKind, backslash: boolean): Token {
  for (let index = from; index < text.length; index += 1) {
    const char = text[index];
    if (backslash && char === '\\') index += 1;
    else if (char === mark) {
      if (text[index + 1] !== mark) return { kind, start, end: index + 1 };
      index += 1;
    }
  }
  return { kind, start, end: text.length, open: true };
}

function dollar(text: string, start: number): Token {
  let tag = start + 1;
  while (tag < text.length && text[tag] !== '$' && isWordPart(text[tag] ?? '')) tag += 1;
  const isTag = text[tag] === '$' && !/[0-9]/.test(text[start + 1] ?? '');
  if (!isTag) return { kind: 'sign', start, end: Math.max(start + 1, tag) };
  const mark = text.slice(start, tag + 1);
  const close = text.indexOf(mark, tag + 1);
  if (close < 0) return { kind: 'string', start, end: text.length, open: true };
  return { kind: 'string', start, end: close + mark.length };
}

function isWordStart(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 64;
  return wordStart.test(char) || (code >= 0xd800 && code <= 0xdfff);
}

function isWordPart(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 128) return isWordStart(char) || (code >= 48 && code <= 57) || code === 36;
  return wordPart.test(char) || (code >= 0xd800 && code <= 0xdfff);
}

/** A dollar sign belongs to the word, but in MySQL `END$$` ends a statement where `$$` was made the delimiter. */
function whileWord(text: string, from: number, dialect: SqlDialect | undefined): number {
  let index = from;
  while (index < text.length && isWordPart(text[index] ?? '') && !(dialect === 'mysql' && text[index] === '$'))
    index += 1;
  return index;
}

function whileNumber(text: string, from: number): number {
  let index = from;
  while (index < text.length && /[0-9a-zA-Z_.]/.test(text[index] ?? '')) index += 1;
  return index;
}

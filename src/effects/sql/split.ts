import { nextToken, type Token } from './lexer.ts';
import type { SqlDialect } from './types.ts';

/** One statement as psql and mysql would cut it, or one command of theirs that begins with a backslash. */
export interface Piece {
  readonly kind: 'sql' | 'client';
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

interface Open {
  readonly tokens: Token[];
  depth: number;
  blocks: number;
  routine: boolean;
}

/**
 * Cuts a text into statements. Semicolons inside quotes, comments, parentheses, dollar quotes and `BEGIN ... END` of a routine do
 * not end one. Rows after `COPY ... FROM STDIN` are data and belong to no statement.
 */
export function split(text: string, dialect: SqlDialect | undefined): Piece[] {
  const pieces: Piece[] = [];
  let delimiter = ';';
  let open = fresh();
  let at = 0;
  let rowsFollow = true;

  const finish = (end: number) => {
    const first = open.tokens[0];
    if (first !== undefined) pieces.push({ kind: 'sql', start: first.start, end, tokens: open.tokens });
    open = fresh();
  };

  for (;;) {
    const token = nextToken(text, at, dialect);
    if (token === undefined) break;
    at = token.end;
    if (token.kind === 'backslash') {
      finish(lastEnd(open, token.start));
      at = clientEnd(text, token.start);
      pieces.push({ kind: 'client', start: token.start, end: trimmed(text, token.start, at), tokens: [] });
      continue;
    }
    if (open.tokens.length === 0 && token.kind === 'word' && isWord(text, token, 'delimiter')) {
      const line = endOfLine(text, token.end);
      delimiter = text.slice(token.end, line).trim() || ';';
      at = line;
      continue;
    }
    const ends =
      delimiter === ';' ? text[token.start] === ';' && token.kind === 'sign' : text.startsWith(delimiter, token.start);
    if (ends && (delimiter !== ';' || (open.depth <= 0 && open.blocks === 0))) {
      const copies = isCopyFromStdin(text, open.tokens);
      finish(lastEnd(open, token.start));
      at = token.start + delimiter.length;
      if (copies && rowsFollow) {
        const end = dataEnd(text, at);
        rowsFollow = end !== undefined;
        at = end ?? at;
      }
      continue;
    }
    open.tokens.push(token);
    track(text, open, token);
  }
  finish(lastEnd(open, text.length));
  return pieces;
}

/** The word of a token in lower case. */
export function wordOf(text: string, token: Token | undefined): string {
  return token?.kind === 'word' ? text.slice(token.start, token.end).toLowerCase() : '';
}

function fresh(): Open {
  return { tokens: [], depth: 0, blocks: 0, routine: false };
}

function lastEnd(open: Open, otherwise: number): number {
  return open.tokens.at(-1)?.end ?? otherwise;
}

function isWord(text: string, token: Token, word: string): boolean {
  return token.end - token.start === word.length && text.slice(token.start, token.end).toLowerCase() === word;
}

/** Keeps count of parentheses, and of blocks in `CREATE FUNCTION | PROCEDURE | TRIGGER | EVENT ... BEGIN ... END`. */
function track(text: string, open: Open, token: Token): void {
  if (token.kind === 'sign') {
    const char = text[token.start];
    if (char === '(') open.depth += 1;
    else if (char === ')') open.depth = Math.max(0, open.depth - 1);
    return;
  }
  if (token.kind !== 'word') return;
  const word = token.end - token.start <= 9 ? wordOf(text, token) : '';
  const count = open.tokens.length;
  if (count <= 12 && /^(function|procedure|trigger|event)$/.test(word)) {
    open.routine ||= wordOf(text, open.tokens[0]) === 'create' && wordOf(text, open.tokens[1]) !== 'event';
  }
  if (!open.routine) return;
  const before = wordOf(text, open.tokens[count - 2]);
  if (word === 'begin' || (word === 'case' && before !== 'end' && open.blocks > 0)) open.blocks += 1;
  else if (word === 'end' && open.blocks > 0) open.blocks -= 1;
  // `END IF`, `END LOOP` close what was never counted.
  else if (before === 'end' && /^(if|loop|while|repeat|for)$/.test(word)) open.blocks += 1;
}

/** A client's command reaches to the end of its line; `\\` parts two on one line, and `\g` and `\G` reach to the next word's end. */
function clientEnd(text: string, start: number): number {
  const line = endOfLine(text, start);
  if (/^\\G/.test(text.slice(start, start + 2))) return start + 2;
  let mark: string | undefined;
  for (let index = start + 1; index < line; index += 1) {
    const char = text[index];
    if (mark !== undefined) {
      if (char === mark) mark = undefined;
    } else if (char === "'" || char === '"' || char === '`') mark = char;
    else if (char === '\\' && text[index + 1] === '\\' && index > start + 1) return index + 2;
  }
  return line;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function trimmed(text: string, start: number, end: number): number {
  let last = end;
  while (last > start + 1 && /\s/.test(text[last - 1] ?? '')) last -= 1;
  return last;
}

function isCopyFromStdin(text: string, tokens: readonly Token[]): boolean {
  if (wordOf(text, tokens[0]) !== 'copy') return false;
  return tokens.some((token, index) => wordOf(text, token) === 'from' && wordOf(text, tokens[index + 1]) === 'stdin');
}

/** Rows are only there when a line `\.` ends them; `psql -c` gives none. */
function dataEnd(text: string, at: number): number | undefined {
  const close = /^\\\.[ \t\r]*$/gm;
  close.lastIndex = at;
  const found = close.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}

import { withoutPrompts } from './prompts.ts';
import { type Piece, wordOf } from './split.ts';
import type { SqlDialect } from './types.ts';

/**
 * Makes a text ready to be cut and parsed, each character staying where it is: NUL would hide what follows from the grammar,
 * a no-break space would be part of a word, prompts and output are no SQL. Says which dialect the text betrays.
 */
export function clean(given: string, asked: SqlDialect | undefined): { text: string; dialect: SqlDialect | undefined } {
  const spaced = given.replace(/[\0\r\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/g, ' ');
  const { text, mysql } = withoutPrompts(spaced);
  const dialect = asked ?? (mysql || betraysMysql(text) ? 'mysql' : undefined);
  // MySQL runs what stands in such a comment.
  return { text: dialect === 'mysql' ? text.replace(/\/\*M?!\d*|\*\//g, executable(text)) : text, dialect };
}

/** A statement on one line in lower case, strings emptied and comments gone: what patterns look at. Cut where it grows long. */
export function emptied(text: string, piece: Piece): string {
  const parts: string[] = [];
  let last = -1;
  for (const token of piece.tokens.slice(0, 400)) {
    if (parts.length > 0 && token.start > last) parts.push(' ');
    parts.push(
      token.kind === 'string' ? "''" : text.slice(token.start, Math.min(token.end, token.start + 200)).toLowerCase(),
    );
    last = token.end;
  }
  return parts.join('');
}

/** The texts to try with the grammar, in order: as it is, then with variables of psql and placeholders made names, strings, numbers. */
export function* variants(text: string, piece: Piece, dialect: SqlDialect | undefined): Generator<string> {
  const own =
    dialect === 'mysql' || text.slice(piece.start, piece.end).includes('`')
      ? asPostgres(text, piece)
      : text.slice(piece.start, piece.end);
  yield own;
  if (!/[:<{$%\p{Co}[]/u.test(own)) return;
  const named = own.replace(placeholder, (found) => 'x'.padEnd(found.length, '_'));
  if (named !== own) yield named;
  const places =
    /(?:\p{Co}+)|(?::'\w+')|(?::"\w+")|(?<![:\w]):[A-Za-z_]\w*|\$\{[^}\n]*\}|\{\{[^}\n]*\}\}|<[\p{L}][^<>\n=]{0,60}>|%\(?\w*\)?s\b/gu;
  yield own.replace(places, (found) => `'${'x'.repeat(Math.max(0, found.length - 2))}'`);
  yield own.replace(places, (found) => '1'.padEnd(found.length, ' '));
}

const placeholder =
  /(?:\p{Co}+)|(?::["']\w+["'])|(?<![:\w]):[A-Za-z_]\w*|\$\{[^}\n]*\}|\{\{[^}\n]*\}\}|<[\p{L}][^<>\n=]{0,60}>|(?<![\w$])\$[A-Za-z_]\w*(?!\$)|%\(?\w*\)?s\b/gu;

/**
 * Whether a tree of this statement would be deeper than the stack of the grammar: it must not be asked then, for a trap inside it
 * costs more than the answer. Depth by parentheses and CASE, and chains of operators and set operations.
 */
export function tooDeep(text: string, piece: Piece): boolean {
  if (piece.tokens.length < 250) return false;
  let depth = 0;
  let chain = 0;
  let sets = 0;
  for (const token of piece.tokens) {
    if (token.kind === 'sign') {
      const char = text[token.start] ?? '';
      if (char === '(' || char === '[') depth += 1;
      else if (char === ')' || char === ']') depth -= 1;
      else if (char === ',') chain = 0;
      else if (char !== '.') chain += 1;
    } else if (token.kind === 'word') {
      const word = token.end - token.start <= 9 ? wordOf(text, token) : '';
      if (word === 'case') depth += 1;
      else if (word === 'end') depth -= 1;
      else if (word === 'and' || word === 'or') chain = 0;
      else if (word === 'not' || word === 'is' || word === 'collate') chain += 1;
      else if (word === 'union' || word === 'except' || word === 'intersect' || word === 'join') sets += 1;
    }
    if (depth > 250 || chain > 700 || sets > 600) return true;
  }
  return false;
}

function betraysMysql(text: string): boolean {
  return text.includes('/*!') || text.includes('/*M!') || /^[ \t]*delimiter[ \t]+\S+[ \t]*$/im.test(text);
}

/** Blanks the marks of executable comments, leaving other comments whole. */
function executable(text: string): (found: string, at: number) => string {
  let inside = false;
  let comment = text.indexOf('/*');
  return (found, at) => {
    if (found !== '*/') {
      inside = true;
      return ' '.repeat(found.length);
    }
    const plain = comment >= 0 && !inside;
    comment = text.indexOf('/*', at);
    inside = false;
    return plain ? found : '  ';
  };
}

/** The same length, MySQL's quotes as PostgreSQL's, comments blanked. */
function asPostgres(text: string, piece: Piece): string {
  const parts: string[] = [];
  let at = piece.start;
  for (const token of piece.tokens) {
    parts.push(' '.repeat(token.start - at));
    const own = text.slice(token.start, token.end);
    const inner = own.slice(1, token.open === true ? undefined : -1);
    if (own.startsWith('`')) parts.push(`"${inner.replace(/["`]/g, '_') || '_'}"`);
    else if (token.kind === 'string' && /^["']/.test(own)) parts.push(`'${inner.replace(/['\\]/g, '_')}'`);
    else parts.push(own);
    at = token.end;
  }
  return parts.join('').slice(0, piece.end - piece.start + 1);
}

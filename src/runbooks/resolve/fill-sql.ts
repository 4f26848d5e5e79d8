import type { Occurrence } from '../parameters/index.ts';
import type { Filled } from './fill-shell.ts';
import { replaceAt } from './replace.ts';

/** Puts values into SQL: inside '...' as a part of the literal, inside "..." of the name, elsewhere only a name or a number. */
export function fillSql(text: string, found: readonly Occurrence[], values: ReadonlyMap<string, string>): Filled {
  const problems: string[] = [];
  const regions = regionsOf(text);
  const command = replaceAt(text, found, ({ name, start, end }) => {
    const written = text.slice(start, end);
    const value = values.get(name);
    if (value === undefined) return written;
    const region = regions.find((each) => each.start < start && end < each.end + (each.kind === 'comment' ? 1 : 0));
    const cut = regions.some((each) => each.start < end && start < each.end);
    const put = quote(value, region?.kind ?? (cut ? 'unknown' : isCompared(text, start) ? 'number' : 'bare'));
    if ('text' in put) return put.text;
    problems.push(`${name} ${put.problem}`);
    return written;
  });
  return { command, problems };
}

/** `where id = <x>`: the name of a column there would hold for every row. */
function isCompared(text: string, start: number): boolean {
  return /(?:[=<>]|\b(?:limit|offset|between))\s*$/i.test(text.slice(Math.max(0, start - 40), start));
}

type Region = 'number' | 'literal' | 'escaped' | 'name' | 'dollar' | 'comment' | 'bare' | 'unknown';

function quote(value: string, region: Region): { readonly text: string } | { readonly problem: string } {
  if (value.includes('\0')) return { problem: 'holds a null character' };
  switch (region) {
    case 'comment':
      return { text: value.replaceAll(/[\r\n]+|\*\/|\/\*/g, ' ') };
    case 'literal':
    case 'name':
      // MySQL, and PostgreSQL of old, read a backslash as the beginning of an escape.
      if (value.includes('\\')) return { problem: 'holds a backslash, which some databases read as an escape' };
      if (value === '' && region === 'name') return { problem: 'is empty' };
      return { text: region === 'literal' ? value.replaceAll("'", "''") : value.replaceAll('"', '""') };
    case 'number':
      return /^\d+(?:\.\d+)?$/.test(value)
        ? { text: value }
        : { problem: 'is compared in SQL without quotes; there it may be only a number' };
    case 'bare':
      return /^(?:[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*){0,2}|\d+(?:\.\d+)?)$/.test(value)
        ? { text: value }
        : { problem: 'stands in SQL without quotes; there it may be only a name or a number' };
    default:
      return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) && !/--/.test(value)
        ? { text: value }
        : { problem: 'stands where SQL may be read again; there it may hold only letters, digits and _@%+=:,./-' };
  }
}

/** Quoted pieces and comments, in order: start is at the opening mark, end after the closing one. */
function regionsOf(text: string): { readonly kind: Region; readonly start: number; readonly end: number }[] {
  const regions: { kind: Region; start: number; end: number }[] = [];
  const pattern =
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\1|$)/g;
  for (const match of text.matchAll(pattern)) {
    const [whole] = match;
    const closed = /^'/.test(whole) ? whole.length > 1 && whole.endsWith("'") : true;
    const kind: Region = /^(?:--|\/\*)/.test(whole)
      ? 'comment'
      : /^[eE]'/.test(whole) || !closed
        ? 'escaped'
        : whole.startsWith("'")
          ? 'literal'
          : whole.startsWith('"')
            ? 'name'
            : 'dollar';
    regions.push({ kind, start: match.index, end: match.index + whole.length });
  }
  return regions;
}

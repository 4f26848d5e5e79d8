import type { Label } from '../types.ts';
import { union, words } from './labels.ts';
import type { Verdict } from './types.ts';

/** Commands of psql that begin with a backslash, by name: labels and reason. A trailing `+` or `S` is no part of the name. */
const psqlCommands: readonly (readonly [names: string, labels: string, why: string])[] = [
  [
    'a C c connect cd conninfo copyright crosstabview echo encoding errverbose f gdesc gset bind bind_named parse close_prepared',
    'none',
    'changes only the client',
  ],
  [
    'h help H if elif else endif p print prompt pset q quit qecho r reset set setenv getenv t T timing unset warn watch x ?',
    'none',
    'changes only the client',
  ],
  [
    'flush flushrequest getresults sendpipeline startpipeline endpipeline syncpipeline restrict unrestrict',
    'none',
    'changes only the client',
  ],
  ['l list z dp sf sv lo_list s', 'read', 'shows what is in the database'],
  ['e edit ef ev', 'unknown', 'runs what an editor gives back'],
  ['i include ir include_relative .', 'unknown', 'runs SQL from a file'],
  ['gexec', 'unknown', 'runs what the query answers'],
  ['lo_import', 'write', 'stores a file in the database'],
  ['lo_unlink', 'destroy', 'removes a large object'],
  ['password', 'privilege write', 'changes a password'],
];

const byName: ReadonlyMap<string, { effects: readonly Label[]; why: string }> = new Map(
  psqlCommands.flatMap(([list, labels, why]) =>
    list.split(' ').map((name) => [name, { effects: words(labels), why }] as const),
  ),
);

/** Judges a command of the client, its backslash included. `judgeText` judges SQL that stands in it. */
export function judgeClient(command: string, judgeText: (text: string) => Verdict): Verdict {
  const [, name = '', given = ''] = /^\\(\S[A-Za-z_+?]*)?([\s\S]*)$/.exec(command) ?? [];
  const rest = given.replace(/\\\\$/, '').trim();
  const substituted = [...rest.matchAll(/`([^`]*)`/g)].map(([, text = '']) => ({ text, place: 'here' as const }));
  const verdict = byCommand(name, rest, judgeText);
  if (substituted.length === 0) return verdict;
  return { ...verdict, commands: [...(verdict.commands ?? []), ...substituted], place: 'here' };
}

function byCommand(name: string, rest: string, judgeText: (text: string) => Verdict): Verdict {
  if (name.startsWith('!')) return shell(`${name.slice(1)} ${rest}`.trim(), 'the client starts a shell command');
  if (name === 'copy') return copy(rest, judgeText);
  if (/^(o|out|g|gx|w|write|G)$/.test(name)) return output(name, rest);
  if (name === 'lo_export')
    return { effects: ['read', 'write'], why: 'writes a large object into a file', place: 'here' };
  if (name === 's' && rest !== '') return { effects: ['write'], why: 'writes the history into a file', place: 'here' };
  const plain = name.replace(/[+Sx]+$/, '');
  const listed = byName.get(name) ?? byName.get(plain);
  if (listed !== undefined) return listed;
  if (/^d[A-Za-z]{0,4}\+?$/.test(name)) return { effects: ['read'], why: 'shows what is in the database' };
  return { effects: ['unknown'], why: `\\${name} is no command known here` };
}

function shell(text: string, why: string): Verdict {
  return { effects: ['none'], why, place: 'here', commands: text === '' ? [] : [{ text, place: 'here' }] };
}

/** `\o`, `\g` and `\w` with a file write it here; with `|` they start a command here. Alone they only send the query. */
function output(name: string, rest: string): Verdict {
  const target = rest.replace(/^\([^)]*\)\s*/, '');
  if (target.startsWith('|')) return shell(target.slice(1).trim(), 'the answer goes to a shell command here');
  if (target === '' || name === 'G') return { effects: ['none'], why: 'sends the query' };
  if (/^\/dev\/(null|stdout|stderr|tty)$/.test(target))
    return { effects: ['none'], why: 'the answer goes nowhere new' };
  return { effects: ['write'], why: `writes the answer into ${target} here`, place: 'here' };
}

/** `\copy` is `COPY` with the file or program on the side of the client. */
function copy(rest: string, judgeText: (text: string) => Verdict): Verdict {
  const from = closing(rest);
  const found =
    /^([^'"()]*?(?:\([^()]*\)\s*)?)\b(to|from)\s+(?:(program)\s+)?('(?:[^']|'')*'|\S+)/i.exec(rest.slice(from)) ??
    /()\b(to|from)\s+(?:(program)\s+)?('(?:[^']|'')*'|\S+)/i.exec(rest.slice(from));
  if (found === null) return { effects: ['unknown'], why: '\\copy that does not parse' };
  const [, before = '', direction = '', program, file = ''] = found;
  const into = direction.toLowerCase() === 'to';
  const what = rest.slice(0, from + found.index + before.length).trim();
  const inner = judgeText(`COPY ${what} ${into ? 'TO STDOUT' : 'FROM STDIN'}`);
  const findings = inner.findings ?? [];
  const path = file.startsWith("'") ? file.slice(1, -1).replaceAll("''", "'") : file;
  if (program !== undefined) {
    const why = into ? '\\copy gives the rows to a command here' : '\\copy fills the table from a command here';
    return { effects: inner.effects, why, place: 'here', commands: [{ text: path, place: 'here' }], findings };
  }
  if (!into) return { ...inner, why: '\\copy fills the table from here' };
  if (/^p?stdout$/i.test(file)) return { ...inner, why: '\\copy reads' };
  return {
    effects: union(inner.effects, ['write']),
    why: `\\copy writes the rows into ${path} here`,
    place: 'here',
    findings,
  };
}

/** Where a query in parentheses at the beginning ends; 0 when there is none. */
function closing(rest: string): number {
  if (!rest.startsWith('(')) return 0;
  let depth = 0;
  for (const { 0: piece, index } of rest.matchAll(/'(?:[^']|'')*'|"[^"]*"|[()]/g)) {
    if (piece === '(') depth += 1;
    else if (piece === ')') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return 0;
}

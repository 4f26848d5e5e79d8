import type { Label } from '../types.ts';
import { union, words } from './labels.ts';
import { redisCommands } from './redis-commands.ts';
import type { JudgedStatement, SqlFinding, SqlJudgement } from './types.ts';

const byName: ReadonlyMap<string, { effects: readonly Label[]; why: string }> = new Map(
  redisCommands.flatMap(({ names, labels, why }) =>
    names.split(', ').map((name) => [name, { effects: words(labels), why }] as const),
  ),
);

const prompt = /^[ \t]*(?:redis\s+)?[\w.\-/:[\]]*(?:\[\d+\])?(?:\(TX\))?>[ \t]?/;
const output = /^\s*(?:\(?(?:nil|integer|error|empty|\d+(?:\.\d+)?s)\)|\d+\)|OK$|PONG$|QUEUED$)/;

/**
 * What Redis commands do, one a line, as redis-cli takes them; prompts and answers of a transcript are left out. A script given to
 * EVAL is read for the commands it calls. Never throws; a command that is not known is `unknown`.
 */
export function judgeRedis(text: string): SqlJudgement {
  const statements: JudgedStatement[] = [];
  const findings: SqlFinding[] = [];
  let at = 0;
  const lines = text.split('\n');
  const transcript = lines.some((line) => prompt.test(line));
  for (const line of lines) {
    const lead = prompt.exec(line)?.[0];
    const body = line.slice(lead?.length ?? 0).replace(/\s+$/, '');
    const start = at + (lead?.length ?? 0) + (body.length - body.trimStart().length);
    at += line.length + 1;
    const command = body.trim();
    if (command === '' || /^(#|\/\/)/.test(command) || (transcript ? lead === undefined : output.test(line))) continue;
    const end = start + command.length;
    const verdict = judgeCommand(command);
    statements.push({ text: command, start, end, place: 'database', ...verdict });
    if (/^(flushall|flushdb)\s+(?!async\b|sync\b)\S/i.test(command))
      findings.push({
        code: 'sql-dangerous-if-mended',
        message: 'FLUSHALL and FLUSHDB take no key or pattern: without it every key is gone.',
        start,
        end,
      });
  }
  return { effects: union(statements.flatMap(({ effects }) => effects)), statements, findings, commands: [] };
}

function judgeCommand(command: string): { effects: readonly Label[]; why: string } {
  const parts = command.match(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\S+/g) ?? [];
  // redis-cli repeats a command that a number precedes.
  const from = /^\d+$/.test(parts[0] ?? '') && parts.length > 1 ? 1 : 0;
  const name = unquoted(parts[from]);
  const sub = unquoted(parts[from + 1]);
  if (/^(eval|eval_ro|fcall_in_place)$/.test(name)) return judgeScript(parts[from + 1] ?? '');
  if (
    name === 'config' &&
    sub === 'get' &&
    /^(requirepass|masterauth|\*|.*pass.*|masteruser|tls-key.*)$/.test(unquoted(parts[from + 2]))
  )
    return { effects: ['read', 'secret'], why: 'CONFIG GET shows a password' };
  if (name === 'config' && sub === 'set' && /^(requirepass|masterauth|aclfile)$/.test(unquoted(parts[from + 2])))
    return { effects: ['write', 'privilege'], why: 'CONFIG SET changes a password' };
  if (/^(replicaof|slaveof)$/.test(name) && sub === 'no')
    return { effects: ['disrupt', 'write'], why: 'this server leaves its primary and becomes one' };
  if (/^(sort)$/.test(name) && /\bstore\b/i.test(command))
    return { effects: ['write'], why: 'SORT ... STORE writes its answer' };
  const listed = byName.get(`${name} ${sub}`) ?? byName.get(name);
  if (listed !== undefined) return listed;
  return { effects: ['unknown'], why: `${name.toUpperCase()} is no command known here` };
}

/** Commands that a script calls with a literal name; a name that is put together is unknown. */
function judgeScript(script: string): { effects: readonly Label[]; why: string } {
  const inner = script.replace(/^["']|["']$/g, '');
  const calls = [
    ...inner.matchAll(/redis\.p?call\s*\(\s*(\\?['"]([^'"\\]*)\\?['"])?(?:\s*,\s*\\?['"]([^'"\\]*)\\?['"])?/g),
  ];
  const sets = calls.map(([, literal, name = '', sub = '']) =>
    literal === undefined ? (['unknown'] as const) : judgeCommand(`${name} ${sub}`).effects,
  );
  if (calls.length === 0 && /redis\b/.test(inner)) sets.push(['unknown']);
  const effects =
    sets.length === 0 ? (inner === '' ? (['unknown'] as const) : (['read'] as const)) : union(sets.flat());
  return { effects, why: 'the script calls these commands' };
}

function unquoted(part: string | undefined): string {
  return (part ?? '').replace(/^["']|["']$/g, '').toLowerCase();
}

import type { Label } from '../types.ts';
import { union, words } from './labels.ts';
import { mongoCommands, mongoMethods } from './mongo-methods.ts';
import { isSecretName } from './secrets.ts';
import type { JudgedStatement, SqlFinding, SqlJudgement } from './types.ts';

const methods = index(mongoMethods);
const commands = index(mongoCommands.map((each) => ({ ...each, why: 'a command of the server' })));

const prompt = /^[ \t]{0,8}(?:Enterprise |Atlas )?[\w.\-:]{0,60}(?: ?\[[\w.\-: ]{0,60}\])?(?: [\w.-]{1,60})?>[ \t]/;

/**
 * What a text for the MongoDB shell does, by the methods that are called in it; strings and comments are no calls. Statements are
 * lines, or several where brackets stay open. Never throws; a method that is not known is `unknown`.
 */
export function judgeMongo(text: string): SqlJudgement {
  const statements: JudgedStatement[] = [];
  const findings: SqlFinding[] = [];
  for (const { start, end } of pieces(text)) {
    const body = text.slice(start, end);
    const { effects, why } = judgePiece(body);
    statements.push({ text: body, start, end, effects, why, place: 'database' });
    if (/\.(?:deleteMany|remove|updateMany)\s*\(\s*(?:\{\s*\}|\))/.test(body))
      findings.push({
        code: 'delete-without-where',
        message: 'An empty filter concerns every document of the collection.',
        start,
        end,
      });
  }
  return { effects: union(statements.flatMap(({ effects }) => effects)), statements, findings, commands: [] };
}

function judgePiece(body: string): { effects: readonly Label[]; why: string } {
  const shown = /^(?:show|it|help|exit|quit|cls)\b\s*(\w*)/.exec(body);
  if (shown !== null) return { effects: shown[1] === '' ? ['none'] : ['read'], why: 'shows what is there' };
  if (/^use\s+\S+$/.test(body)) return { effects: ['none'], why: 'chooses a database' };
  const code = withoutStrings(body);
  const found: { effects: readonly Label[]; why: string }[] = [];
  for (const call of code.matchAll(/(?<![\w$])([\w$]+)[ \t]*\(|\[[^\][\d\n][^\][\n]{0,200}\][ \t]*\(/g)) {
    const name = call[1];
    if (name === undefined) found.push({ effects: ['unknown'], why: 'a method whose name is computed' });
    else if (/^(?:function|if|for|while|switch|catch|return|typeof|await|new|in|of|async)$/.test(name)) continue;
    else if (/^(?:runCommand|adminCommand)$/.test(name)) found.push(judgeCommand(body, call.index + call[0].length));
    else if (name === 'remove' && /\brs\.$/.test(code.slice(Math.max(0, call.index - 4), call.index)))
      found.push({ effects: ['write', 'disrupt'], why: 'takes a member out of the replica set' });
    else if (name === 'load') found.push({ effects: ['unknown'], why: 'runs a script from a file' });
    else found.push(methods.get(name) ?? { effects: ['unknown'], why: `${name}() is not known here` });
  }
  if (/\$(?:out|merge)\b/.test(code + body) && /aggregate/.test(code))
    found.push({ effects: ['write'], why: '$out and $merge write a collection' });
  // A quote inside a regular expression looks like one that never closes: what follows it was not read.
  if ((code.match(/["'`]/g)?.length ?? 0) % 2 === 1) found.push({ effects: ['unknown'], why: 'a quote stays open' });
  if (/\$(?:where|function|accumulator)\b/.test(body))
    found.push({ effects: ['unknown'], why: 'runs JavaScript in the server' });
  if (/system\.users|showCredentials/.test(body))
    found.push({ effects: ['read', 'secret'], why: 'shows password hashes' });
  const collection = /\bdb\.(\w+)\.find/.exec(body)?.[1];
  if (collection !== undefined && isSecretName(collection))
    found.push({ effects: ['read', 'secret'], why: `${collection} is named for credentials` });
  if (found.length === 0)
    return /^\s*(?:db|rs|sh)(?:\.\w+)*;?\s*$/.test(body)
      ? { effects: ['read'], why: 'shows an object' }
      : judgeRest(code);
  const effects = union(found.flatMap((each) => each.effects));
  const reading =
    effects.length > 1 &&
    !effects.includes('secret') &&
    effects.some((label) => label !== 'unknown' && label !== 'read');
  const heavy = found.filter((each) => each.effects.some((label) => label !== 'read' && label !== 'none'));
  const why = [...new Set((heavy.length > 0 ? heavy : found).map((each) => each.why))].slice(0, 3).join('; ');
  return { effects: reading ? effects.filter((label) => label !== 'read') : effects, why };
}

function judgeRest(code: string): { effects: readonly Label[]; why: string } {
  const plain =
    /^[\s\w.,;:{}()[\]'"=<>!+\-*/|&?]*$/.test(code) && /^\s*(?:var|let|const|[}\])];?|else|\w+\s*=)/.test(code);
  return plain
    ? { effects: ['none'], why: 'changes only the shell' }
    : { effects: ['unknown'], why: 'is no call known here' };
}

function judgeCommand(body: string, at: number): { effects: readonly Label[]; why: string } {
  const name = /^\s*(?:\{\s*)?["']?(\w+)/.exec(body.slice(at))?.[1] ?? '';
  return commands.get(name) ?? { effects: ['unknown'], why: 'a command of the server that is not known here' };
}

/** Statements end at a line's end or a semicolon where no bracket is open; prompts are left out. */
function pieces(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const code = withoutStrings(text);
  let depth = 0;
  let start = 0;
  const finish = (end: number) => {
    const raw = code.slice(start, end);
    const lead = prompt.exec(raw.slice(0, 260))?.[0].length ?? 0;
    const from = start + lead + (raw.slice(lead).length - raw.slice(lead).trimStart().length);
    const to = start + raw.trimEnd().length;
    if (to > from) found.push({ start: from, end: to });
    start = end + 1;
  };
  for (let at = 0; at < code.length; at += 1) {
    const char = code[at];
    if (char === '(' || char === '{' || char === '[') depth += 1;
    else if (char === ')' || char === '}' || char === ']') depth = Math.max(0, depth - 1);
    else if (depth === 0 && (char === ';' || (char === '\n' && !/^\s*\./.test(code.slice(at + 1, at + 200)))))
      finish(at);
  }
  finish(code.length);
  return found;
}

/** The same length: what stands in quotes becomes `_`, comments become spaces. A quote that stays open reaches to the line's end. */
function withoutStrings(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\[^\n])*"?|'(?:[^'\\\n]|\\[^\n])*'?|`(?:[^`\\]|\\[\s\S])*`?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (piece) => {
      if (piece.startsWith('/')) return piece.replace(/[^\n]/g, ' ');
      const mark = piece[0] ?? '';
      const closed = piece.length > 1 && piece.endsWith(mark);
      return mark + piece.slice(1, closed ? -1 : undefined).replace(/[^\n]/g, '_') + (closed ? mark : '');
    },
  );
}

function index(rows: readonly { names: string; labels: string; why: string }[]) {
  return new Map(
    rows.flatMap(({ names, labels, why }) =>
      names.split(' ').map((name) => [name, { effects: words(labels), why }] as const),
    ),
  );
}

import type { Label } from '../types.ts';
import { judgeClient } from './client.ts';
import type { Known } from './found.ts';
import { dangerIfMended, effectsOfCalls, judgeByKeywords } from './keywords.ts';
import { union } from './labels.ts';
import { judgeOther } from './mysql.ts';
import { clean, emptied, tooDeep, variants } from './normalise.ts';
import { parse } from './parser.ts';
import { type Piece, split, wordOf } from './split.ts';
import { judgeTree } from './tree.ts';
import type {
  JudgedStatement,
  NestedCommand,
  SqlDialect,
  SqlFinding,
  SqlJudgement,
  SqlOptions,
  Verdict,
} from './types.ts';

/** SQL in a string in a function in a string: so deep it is read, and no deeper. */
const deepest = 6;

/** A statement longer than this is judged by its words: its tree would take hundreds of megabytes. */
const longest = 512 * 1024;

/**
 * What a text of SQL does, each statement on its own. Reads transcripts of psql, mysql and sqlite3 too. Never throws. Without
 * `prepareSql` before it, every statement is judged by its leading words.
 */
export function judgeSql(text: string, options: SqlOptions = {}): SqlJudgement {
  const prepared = new Map<string, readonly Label[]>();
  const routines = new Map<string, readonly Label[]>();
  return judgeText(text, options.dialect, { prepared, routines }, 0);
}

type Shared = Pick<Known, 'prepared' | 'routines'>;

function judgeText(given: string, asked: SqlDialect | undefined, shared: Shared, depth: number): SqlJudgement {
  const { text, dialect } = clean(given, asked);
  const statements: JudgedStatement[] = [];
  const findings: SqlFinding[] = [];
  const commands: NestedCommand[] = [];
  for (const piece of split(text, dialect)) {
    const known = { ...shared, judgeText: (inner: string) => nested(inner, dialect, shared, depth + 1) };
    const verdict =
      piece.kind === 'client'
        ? judgeClient(text.slice(piece.start, piece.end), known.judgeText)
        : judgeStatement(text, piece, dialect, known);
    const { start, end } = piece;
    const place = verdict.place ?? 'database';
    statements.push({ text: given.slice(start, end), start, end, effects: verdict.effects, place, why: verdict.why });
    for (const { code, message } of verdict.findings ?? []) findings.push({ code, message, start, end });
    for (const command of verdict.commands ?? []) commands.push({ ...command, ...locate(text, piece, command.text) });
  }
  return { effects: union(statements.flatMap(({ effects }) => effects)), statements, findings, commands };
}

/** SQL inside SQL, as one verdict; its findings are those of the statement that holds it. */
function nested(text: string, dialect: SqlDialect | undefined, shared: Shared, depth: number): Verdict {
  if (depth > deepest) return { effects: ['unknown'], why: 'SQL too deep inside SQL' };
  const judged = judgeText(text, dialect, shared, depth);
  const grave = judged.statements.filter(({ effects }) =>
    effects.some((label) => label !== 'read' && label !== 'none'),
  );
  const said = (grave.length > 0 ? grave : judged.statements).slice(0, 3).map(({ why }) => why);
  return {
    effects: judged.effects,
    why: [...new Set(said)].join('; ') || 'nothing that stays',
    findings: judged.findings,
    commands: judged.commands,
  };
}

function judgeStatement(text: string, piece: Piece, dialect: SqlDialect | undefined, known: Known): Verdict {
  const statement = text.slice(piece.start, piece.end);
  const plain = emptied(text, piece);
  const other = dialect === 'mysql' ? judgeOther(plain, statement) : undefined;
  if (other !== undefined) return withBody(other, plain, text, piece);
  if (statement.length > longest) return byWords(text, piece);
  let refusal = tooDeep(text, piece) ? 'too deeply nested to be parsed' : undefined;
  for (const variant of refusal === undefined ? variants(text, piece, dialect) : []) {
    const parsed = parse(variant);
    if (!parsed.ok) {
      refusal ??= parsed.message;
      continue;
    }
    const verdicts = parsed.statements.map((tree) => judgeTree(tree, { ...known, source: variant }));
    return merged(verdicts);
  }
  if (refusal?.startsWith('too deeply') === true) {
    const message = `This is ${refusal}; it is judged by its words.`;
    return { ...byWords(text, piece), findings: [{ code: 'sql-does-not-parse', message }] };
  }
  return refused(text, piece, statement, plain, dialect, refusal ?? 'not SQL');
}

/** A statement that is valid, perhaps, but too large for its tree: its words, its function calls, and unknown for the rest. */
function byWords(text: string, piece: Piece): Verdict {
  const verdict = judgeByKeywords(text, piece.tokens);
  const calls = effectsOfCalls(text, piece.tokens);
  const rest: Label[] = /^(insert|drop|truncate|delete|grant|revoke)$/.test(wordOf(text, piece.tokens[0]))
    ? []
    : ['unknown'];
  return { ...verdict, effects: union(verdict.effects, calls, rest) };
}

/** What no grammar reads: the words of other databases, then the leading words and a finding that says what they would have done. */
function refused(
  text: string,
  piece: Piece,
  statement: string,
  plain: string,
  dialect: SqlDialect | undefined,
  refusal: string,
): Verdict {
  const danger = dialect === 'mysql' && !/^(truncate|drop)\b/.test(plain) ? undefined : dangerIfMended(statement);
  const other = dialect === 'postgres' ? undefined : judgeOther(plain, statement);
  const mended = danger === undefined ? [] : [{ code: 'sql-dangerous-if-mended', message: danger }];
  if (other !== undefined) return { ...withBody(other, plain, text, piece), findings: mended };
  const verdict = judgeByKeywords(text, piece.tokens);
  const message = `This does not parse (${refusal}); ${verdict.why}.`;
  return { ...verdict, findings: [{ code: 'sql-does-not-parse', message }, ...mended] };
}

/** The body of a routine that only MySQL reads: judged by the words that begin its statements. */
function withBody(verdict: Verdict, plain: string, text: string, piece: Piece): Verdict {
  if (!/^create\b.*?\b(procedure|function|trigger|event)\b/.test(plain)) return verdict;
  const body = judgeByKeywords(text, piece.tokens);
  return { ...verdict, effects: union(verdict.effects, body.effects), why: `${verdict.why}; ${body.why}` };
}

function merged(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  if (first === undefined) return { effects: ['none'], why: 'nothing but comments' };
  if (verdicts.length === 1) return first;
  return {
    effects: union(verdicts.flatMap(({ effects }) => effects)),
    why: verdicts.map(({ why }) => why).join('; '),
    findings: verdicts.flatMap(({ findings }) => findings ?? []),
    commands: verdicts.flatMap(({ commands }) => commands ?? []),
  };
}

/** Where a command stands: its literal, quotes excluded; the whole statement when the literal was written in another way. */
function locate(text: string, piece: Piece, command: string): { start: number; end: number } {
  const at = text.indexOf(command.replaceAll("'", "''"), piece.start);
  const plain = at >= 0 && at < piece.end ? at : text.indexOf(command, piece.start);
  const length = at >= 0 && at < piece.end ? command.replaceAll("'", "''").length : command.length;
  if (plain < 0 || plain + length > piece.end) return { start: piece.start, end: piece.end };
  return { start: plain, end: plain + length };
}

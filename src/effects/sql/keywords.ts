import type { Label } from '../types.ts';
import { effectsOfFunction } from './functions.ts';
import { words } from './labels.ts';
import type { Token } from './lexer.ts';
import { wordOf } from './split.ts';
import type { Verdict } from './types.ts';

/** What a statement's leading words would do: first match. Asked only where no grammar can say. */
const leading: readonly (readonly [pattern: RegExp, labels: string, would: string])[] = [
  [/^truncate\b/, 'destroy', 'empties the table'],
  [/^drop\s+(role|user|group|policy|owned)\b/, 'privilege destroy', 'removes rights'],
  [/^drop\b/, 'destroy', 'removes what it names'],
  [/^delete\b/, 'destroy', 'removes rows'],
  [/^purge\b/, 'destroy', 'removes what it names'],
  [/^(revoke|grant)\b/, 'privilege', 'changes rights'],
  [/^alter\s+(role|user|group|policy|default)\b/, 'privilege write', 'changes rights'],
  [/^create\s+(or\s+replace\s+)?(role|user|group|policy)\b/, 'privilege write', 'makes something that holds rights'],
  [/^alter\s+table\b[\s\S]*\bowner\s+to\b/, 'privilege write', 'gives the table to another role'],
  [
    /^alter\b[\s\S]*\b(drop|truncate)\s+(?!constraint\b|default\b|not\b|primary\b|foreign\b|index\b|key\b|check\b)/,
    'destroy',
    'removes a part of it',
  ],
  [
    /^(alter|create|comment|rename|refresh|import|security|define|reassign)\b/,
    'write',
    'makes or changes a definition',
  ],
  [/^(insert|update|merge|replace|upsert|import|load|analyze|optimize|repair)\b/, 'write', 'changes data'],
  [/^copy\b[\s\S]*\bprogram\b/, 'unknown', 'runs a command on the server'],
  [/^copy\b[\s\S]*\bfrom\b/, 'write', 'fills a table'],
  [/^copy\b/, 'read', 'shows rows'],
  [/^(vacuum\b[\s\S]{0,40}\bfull|cluster|reindex|repack)\b/, 'write disrupt', 'locks the table while it is rewritten'],
  [/^(vacuum|checkpoint|notify)\b/, 'write', 'changes the server'],
  [/^lock\b/, 'disrupt', 'keeps others out'],
  [/^kill\b/, 'disrupt', 'ends a session'],
  [/^(select|table|values|show|fetch|with|explain|describe|desc|list)\b/, 'read', 'reads'],
  [/^set\s+(global|persist)\b/, 'write', 'changes the configuration of the server'],
  [/^set\s+(local\s+|session\s+)?(role|authorization)\b/, 'privilege', 'takes the rights of another'],
  [
    /^(begin|start\s+transaction|commit|rollback|abort|end|savepoint|release|set|reset|discard|close|deallocate|listen|unlisten|use|declare)\b/,
    'none',
    'changes only this session',
  ],
  [/^(call|do|execute|exec|prepare)\b/, 'unknown', 'runs what is defined elsewhere'],
];

/** Words that begin a statement when they stand where one can begin, and what makes such a place. */
const heads =
  /^(truncate|drop|delete|insert|update|merge|replace|alter|create|grant|revoke|copy|lock|kill|vacuum|reindex|cluster|call|execute|purge)$/;
const openers = /^(as|then|else|begin|do|loop|analyze|atomic|also|instead|not)$/;
const clauses = /^(on|before|after|or|for|of|instead|no|with|grant|revoke|,)$/;

/** Judges a statement that no grammar reads, by its leading words and those of whatever looks like a statement inside it. */
export function judgeByKeywords(text: string, tokens: readonly Token[]): Verdict {
  const first = tokens[0];
  if (first === undefined) return { effects: ['none'], why: 'nothing but comments' };
  const lead = words3(text, tokens, tokens[0] !== undefined && text[tokens[0].start] === '(' ? 1 : 0);
  const found = match(lead);
  const inner = tokens.flatMap((token, index) =>
    index > 0 && canBegin(text, tokens, index) && heads.test(wordOf(text, token))
      ? [match(words3(text, tokens, index))]
      : [],
  );
  const verdicts = [found, ...inner].flatMap((each) => each ?? []);
  if (found === undefined) verdicts.unshift({ effects: ['unknown'], would: 'is no statement known here' });
  const seen = new Map(verdicts.map((each) => [each.would, each]));
  const effects = [...new Set([...seen.values()].flatMap((each) => each.effects))];
  const kept = effects.length > 1 ? effects.filter((label) => label !== 'none') : effects;
  return { effects: kept, why: `by its words alone: ${[...seen.keys()].slice(0, 4).join(', and ')}` };
}

/** Labels of the functions that act and are called, by the names before parentheses. */
export function effectsOfCalls(text: string, tokens: readonly Token[]): Label[] {
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1];
    if (token.kind !== 'word' || next === undefined || text[next.start] !== '(') return [];
    return [...(effectsOfFunction(wordOf(text, token)) ?? [])].filter((label) => label !== 'read' && label !== 'none');
  });
}

/** What would happen were the part removed that PostgreSQL refuses. Undefined when nothing worse than an error message. */
export function dangerIfMended(statement: string): string | undefined {
  const plain = statement.slice(0, 4000).replace(/--.*$/gm, ' ').replace(/\s+/g, ' ').trim();
  const name = '("[^"]+"|[\\w.*$\\p{L}\\p{Co}]+)';
  const rules: readonly (readonly [RegExp, (table: string) => string])[] = [
    [
      new RegExp(`^truncate (?:table )?(?:only )?${name} .*\\bwhere\\b`, 'iu'),
      (t) =>
        `TRUNCATE takes no WHERE and always empties the whole table: without the WHERE every row of ${t} is gone. Rows are chosen with DELETE.`,
    ],
    [
      new RegExp(`^drop table (?:if exists )?${name} .*\\bwhere\\b`, 'iu'),
      (t) => `DROP TABLE takes no WHERE: without it the whole table ${t} is gone. Rows are removed with DELETE.`,
    ],
    [
      new RegExp(`^delete (?:\\* )?from (?:only )?${name} .*\\b(?:limit|order by)\\b`, 'iu'),
      (t) =>
        `DELETE takes no LIMIT or ORDER BY in PostgreSQL: without it every row of ${t} that the WHERE lets through is gone, all of them where there is none.`,
    ],
    [
      new RegExp(`^delete \\* from ${name}`, 'iu'),
      (t) => `DELETE takes no columns: without the star it removes rows of ${t}.`,
    ],
    [
      new RegExp(`^update (?:only )?${name} .*\\b(?:limit|order by)\\b`, 'iu'),
      (t) =>
        `UPDATE takes no LIMIT or ORDER BY in PostgreSQL: without it every row of ${t} that the WHERE lets through is changed.`,
    ],
    [/^drop column\b/iu, () => 'DROP COLUMN belongs into ALTER TABLE; there it removes the column with its data.'],
    [
      /^(?:delete from|update) .*\bwhere$/iu,
      () => 'The condition after WHERE is missing: without the WHERE every row is concerned.',
    ],
  ];
  for (const [pattern, say] of rules) {
    const found = pattern.exec(plain);
    if (found !== null) return say(found[1] ?? 'the table');
  }
  return undefined;
}

function match(lead: string) {
  const rule = leading.find(([pattern]) => pattern.test(lead));
  return rule === undefined ? undefined : { effects: words(rule[1]), would: rule[2] };
}

/** The words and signs from a token on, as far as the rules look. */
function words3(text: string, tokens: readonly Token[], from: number): string {
  return tokens
    .slice(from, from + 60)
    .map((token) =>
      token.kind === 'string' ? "''" : text.slice(token.start, Math.min(token.end, token.start + 64)).toLowerCase(),
    )
    .join(' ');
}

function canBegin(text: string, tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const token = tokens[index];
  if (before === undefined || token === undefined) return true;
  const word = wordOf(text, before);
  if (clauses.test(word)) return false;
  if (openers.test(word)) return true;
  const sign = before.kind === 'sign' ? text[before.start] : '';
  return sign === ';' || sign === '(' || text.slice(before.end, token.start).includes('\n');
}

import type { Parameter } from '../types.ts';
import { shellVariables } from './shell-variables.ts';

export type ParameterForm = Parameter['forms'][number];

/** A parameter where it stands in a text: UTF-16 offsets, end exclusive. */
export interface Occurrence {
  readonly name: string;
  readonly form: ParameterForm;
  readonly start: number;
  readonly end: number;
}

/** Names of the parameters of a step's text, each once, in order. `language`: `sh`, `sql`; anything else is prose for a person. */
export function parameterNames(text: string, language?: string): string[] {
  const all = [...occurrences(text, language), ...variablesOf(text, language)].sort((a, b) => a.start - b.start);
  return [...new Set(all.map(({ name }) => name))];
}

/** Shell variables that the text reads and does not set; SQL has none, there `${X}` is put in as text. */
export function variablesOf(text: string, language?: string): readonly (Occurrence & { readonly default?: string })[] {
  return language === 'sh' ? shellVariables(text).used : [];
}

/**
 * Parameters that are put in as text: all forms but shell variables. Where two overlap the first one in the text wins. Redirections,
 * comparisons, HTML and templates of other tools are none.
 */
export function occurrences(text: string, language?: string): Occurrence[] {
  const found = [
    ...matches(text, entity, 'entity'),
    ...angles(text, language),
    ...(language === 'sh' ? choices(text) : []),
    ...matches(text, mustache, 'mustache').filter(({ name }) => !goTemplate.test(name)),
    ...(language === 'sql' ? matches(text, dollarBrace, 'shell') : []),
    ...matches(text, brace, 'brace').filter((each) => isBrace(text, each)),
    ...(language === 'sh' || language === 'sql' ? words(text, language) : []),
  ]
    .filter(({ start }) => !isComment(before(text, start), language))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Occurrence[] = [];
  for (const each of found) if (each.start >= (kept.at(-1)?.end ?? 0)) kept.push(each);
  return kept;
}

const entity = /&lt;(?!\/)\s*([\p{L}_][^<>&;\n]{0,58}?)\s*&gt;/gu;
const angle = /(?<![<\d&\\])<([\p{L}_][^<>\n|&;$`"'(){}=]{0,60}?)>/gu;
/** `<start|stop>`, `{start|stop}`, `[start|stop]`: one of these. A shell would run each but the first as a command. */
const choice =
  /(?<![\w$<\\"'`(])(?:<([\w.-]+(?:\s?\|\s?[\w.-]+)+)>|\{([\w.-]+(?:\|[\w.-]+)+)\}|\[([\w.-]+(?:\|[\w.-]+)+)\])(?![\w.~-])/g;
const mustache = /\{\{\s*([\p{L}_][\p{L}\p{N}_ .-]{0,58}?)\s*\}\}/gu;
const dollarBrace = /\$\{([A-Za-z_]\w*)\}/g;
const brace = /(?<![$%@{\\#!])\{([\p{L}_][\p{L}\p{N}_-]{0,40})\}(?!\})/gu;
const goTemplate = /^(?:range|end|if|else|with|json|template|block|define)\b|^\s*\./;

function matches(text: string, pattern: RegExp, form: ParameterForm): Occurrence[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    name: match[1] ?? '',
    form,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Inside quotes they are signs of a pattern. */
function choices(text: string): Occurrence[] {
  return Array.from(text.matchAll(choice)).flatMap((match): Occurrence[] => {
    const line = before(text, match.index);
    if (line.replace(/"[^"]*"|'[^']*'/g, '').match(/["']/) !== null) return [];
    const [all, angled, braced, bracketed = ''] = match;
    const form = angled !== undefined ? 'angle' : braced !== undefined ? 'brace' : 'placeholder';
    return [{ name: angled ?? braced ?? bracketed, form, start: match.index, end: match.index + all.length }];
  });
}

const tags =
  /^(?:a|b|br|body|code|dd|div|dl|dt|em|font|form|h[1-6]|head|hr|html|i|img|input|li|link|meta|ol|p|pre|script|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul|video)(?:\s|\/|$)/;

function angles(text: string, language: string | undefined): Occurrence[] {
  const closed = new Set(Array.from(text.matchAll(/<\/([\p{L}\w-]{1,40})/gu), ([, name]) => name));
  return matches(text, angle, 'angle').filter((each) => {
    const [first = ''] = each.name.split(/[\s/]/, 1);
    if (
      closed.has(first) ||
      (tags.test(each.name) && (closed.size > 0 || /^(?:br|hr|img|input|meta|link)$/.test(first)))
    )
      return false;
    return isAngle(text, each, language);
  });
}

/** Not an address of mail, two redirections, or a comparison. */
function isAngle(text: string, { name, start, end }: Occurrence, language: string | undefined): boolean {
  if (/\s$|\/$/.test(name) || /^https?:|@\S+\.\S/.test(name)) return false;
  const after = text[end] ?? '';
  // What a script says of its own arguments.
  if (/\busage\b/i.test(before(text, start))) return false;
  if (language === 'sql') return !/\b(?:and|or)\b/i.test(name) && after !== '=';
  if (language !== 'sh') return true;
  // `sort <in.txt>out.txt`: two redirections of files, without blanks.
  return !(/\.\w+$/.test(name) && /[\w./~]/.test(after)) && after !== '>' && after !== '(';
}

/** What stands before an offset on its line, as far as it can matter: lines of data have no end. */
function before(text: string, offset: number): string {
  const near = text.slice(Math.max(0, offset - 400), offset);
  return near.slice(near.lastIndexOf('\n') + 1);
}

/** `{customer}` alone or beside other text; not a template of kubectl, docker or awk, nor a group of commands. */
function isBrace(text: string, { name, start, end }: Occurrence): boolean {
  if (/^(?:print|end|range|else|exit|next|getline)$/.test(name)) return false;
  const line = before(text, start);
  if (/(?:jsonpath|go-template|template|format|custom-columns|awk\b.*|--query)\S*=?\s*['"]?[^'"]*$/.test(line))
    return false;
  // A brace that closes what `{` opened inside quotes belongs to JSON or code.
  return text[end] !== '(' && !/\bxargs\b[^\n]*-I\s*$/.test(line) && !/function\s+\w+\s*(?:\(\))?\s*$/.test(line);
}

const subjects =
  'IP|IPS|ID|IDS|NAME|HOST|HOSTS|PORT|USER|USERNAME|PATH|DIR|DIRECTORY|FILE|FILENAME|DATE|TIME|BUCKET|POD|NODE|NAMESPACE|CONTAINER|IMAGE|ADDRESS|DOMAIN|ARN|URL|URI|KEY|HASH|TIMESTAMP|VERSION|REVISION|TAG|CLUSTER|REGION|SERVICE|PID|TOKEN|CUSTOMER|TENANT|SNAPSHOT|TABLE|SCHEMA|DATABASE|VOLUME|DEVICE|DISK|INSTANCE|SHARD|SESSION|ACCOUNT|EMAIL|COMMIT|BRANCH|RELEASE|PRIMARY|REPLICA|STANDBY|SERVER|HERE';
const alone =
  'PID|NAMESPACE|POD|POD_NAME|HOSTNAME|CONTAINER_ID|TIMESTAMP|SNAPSHOT_ID|USERNAME|CHANGE_?ME|TO_BE_[A-Z_]+';
/** SUSPICIOUS_IP, PREVIOUS_VERSION, YOUR_BUCKET, PID: capitals that stand where a value belongs. */
const capitals = new RegExp(
  String.raw`(?<=[\s=:/@,("'.-])(?:[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:${subjects})|(?:YOUR|MY|NEW|OLD|PREVIOUS|LAST|SUSPICIOUS|AFFECTED|COMPROMISED|TARGET|SOME|EXAMPLE|INSERT|REPLACE)_[A-Z0-9_]+|${alone})(?![\w=({\[])`,
  'g',
);
/** `vpc-xxx`, `sg-xxxxx`, `idx_xxx`, `xxxx`. */
const crosses = /(?<![\w.$%\\-])(?:[A-Za-z][A-Za-z0-9]*[-_]){0,4}(?:x{3,}|X{3,})(?:-(?:x{3,}|X{3,}))*(?!\w)/g;
/** A date to be filled in. */
const dates = /(?<![A-Za-z%])YYYY([-_./]?)MM\1DD(?:[-_T ]?HH[-_:]?MM(?:[-_:]?SS)?)?(?![A-Za-z])/g;

/** `%HOST%`, `[DB_NAME]`. */
const marked = new RegExp(
  String.raw`%((?:[A-Z][A-Z0-9]*_)*(?:${subjects}))%|(?<![\w$\])}\\])\[((?:[A-Z][A-Z0-9]*[_ -])*(?:${subjects})|(?:YOUR|MY|NEW|OLD)[_ -][A-Z0-9_ -]+)\](?![(:\w*+?])`,
  'g',
);
/** `--region REGION`: a value that is called as its option is. */
const optionValue =
  /(?<=\s--(?:[a-z][a-z0-9]*-){0,5}([a-z][a-z0-9]*)[ =])(?:[A-Z][A-Z0-9]*_){0,5}([A-Z][A-Z0-9]+)(?![\w(])/g;

/** What SQL itself calls by such a name. */
const reserved =
  /^(?:CURRENT|SESSION|SYSTEM|LOCAL)_(?:USER|DATE|TIME|TIMESTAMP|SCHEMA|ROLE|CATALOG)$|^(?:TIMESTAMP|INFORMATION_SCHEMA|PG_\w+|POSTGRES_\w+|MYSQL_\w+|BASH_\w+|LC_\w+|ORACLE_SID)$/;

function words(text: string, language: string): Occurrence[] {
  const found: Occurrence[] = [];
  const add = (pattern: RegExp, fits: (match: RegExpExecArray, line: string) => boolean) => {
    for (const match of text.matchAll(pattern)) {
      const line = before(text, match.index);
      if (fits(match as RegExpExecArray, line))
        found.push({ name: match[0], form: 'placeholder', start: match.index, end: match.index + match[0].length });
    }
  };
  add(capitals, (match, line) => {
    if (reserved.test(match[0]) || new RegExp(`<<-?\\s*\\\\?["']?${match[0]}\\b`).test(text)) return false;
    if (language === 'sql')
      return isSqlValue(line, text.slice(match.index + match[0].length, match.index + match[0].length + 40));
    // Where a shell names a variable there is no value to put in.
    if (/\b(?:export|unset|readonly|declare|local|typeset|printenv|getenv|env|read|secretKeyRef)\b[^|;&]*$/.test(line))
      return false;
    if (/(?:^|\s)(?:-e|--env|-v)\s+$/.test(line) || /\$\{?[#!]?$/.test(line) || /%$/.test(line)) return false;
    return true;
  });
  add(optionValue, (match) => match[1]?.toUpperCase() === match[2] && !found.some((one) => one.start === match.index));
  for (const match of text.matchAll(marked)) {
    const line = before(text, match.index);
    if (language === 'sql' ? !isSqlValue(line, '') || /\blike\s*'[^']*$/i.test(line) : patterns.test(line)) continue;
    const name = match[1] ?? match[2] ?? '';
    found.push({ name, form: 'placeholder', start: match.index, end: match.index + match[0].length });
  }
  // What `mktemp` fills in by itself.
  add(crosses, (_match, line) => !/\bmktemp\b/.test(line));
  add(
    dates,
    (_match, line) =>
      !/to_(?:char|date|timestamp)\s*\(.{0,200},\s*'$|(?:date_format|strftime)\s*\(.{0,200}$/i.test(line),
  );
  return found;
}

/** Programs for which brackets and percent signs are signs of their own. */
const patterns =
  /\b(?:e?grep|rg|sed|g?awk|tr|echo|printf|logger|date|find|like|expr|case|test|if)\b[^|;&]*$|\[\[[^\]]*$/i;

/** In SQL a bare word may be a column: a value is one in quotes, or the only argument of a function, or follows `=`. */
function isSqlValue(before: string, after: string): boolean {
  if (/'[^']*$/.test(before) && (before.match(/'/g)?.length ?? 0) % 2 === 1) return true;
  return /\(\s*$/.test(before)
    ? /^\s*\)/.test(after)
    : /[=<>]\s*$/.test(before) && /^\s*(?:;|$|\n|and\b|or\b)/i.test(after);
}

/** What stands in a comment is for a reader: nothing is asked for it, and nothing put in. */
function isComment(line: string, language: string | undefined): boolean {
  return language === 'sh' ? /^\s*#/.test(line) : language === 'sql' && /^\s*--/.test(line);
}

import { type Line, linesOf } from './lines.ts';
import { isCommandWord } from './words.ts';

/**
 * What a line looks like, judged by its form alone. `maybe`: like a command, of a program that is not known. `unsure`: a few words that
 * may be either.
 */
type Look = 'command' | 'maybe' | 'unsure' | 'prose' | 'blank' | 'comment';

/**
 * Whether a text is made for people and not for a shell: sentences, diagrams, settings, output. Only on good evidence: what
 * might be a command is none, for then it is judged, and at worst unknown.
 */
export function looksLikeProse(text: string): boolean {
  const { prose, command, open } = count(text);
  return prose > 0 && command === 0 && open * 3 <= prose;
}

/** Whether a text is mostly made for people, in several parts, so that the commands in it can be told from what is said about them. */
export function looksLikeDocument(text: string): boolean {
  const { prose, command, open } = count(text);
  return prose >= 3 && prose > 2 * command && open * 2 <= prose && /\n[ \t]*\r?\n/.test(text);
}

/** Whether some line is a command beyond doubt: a known program with options or operators, or a line that goes on in the next. */
export function looksLikeCommand(text: string): boolean {
  return logicalLines(text).some((line) => lookOf(line.text) === 'command');
}

/**
 * Where commands stand in a text without fences: lines, and lines that go on in the next. Such a text is for people: a line of a sentence
 * that happens to begin with a program's name (`etcd server must not …`) is none, nor is one whose code is marked as such.
 */
export function commandLines(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | undefined;
  let before = '';
  for (const { text: line, start, end } of logicalLines(text)) {
    const look = lookOf(line);
    // An option named in a sentence of another script is a mention.
    const mention = look === 'maybe' && ((line.match(foreign)?.length ?? 0) >= 2 || /`|^\s*(?:\*\*|__)/.test(line));
    const is = (look === 'command' || look === 'maybe') && !mention && !isSentence(line, before);
    before = is || look === 'blank' ? '' : line;
    if (!is) last = undefined;
    else if (last === undefined) {
      last = { start, end };
      found.push(last);
    } else last.end = end;
  }
  return found;
}

/** What a sentence says and a command line hardly: `to`, `from`, `in`, `on`, `all` are words of commands too. */
const said =
  /(?<=^|[\s(])(?:the|an?|is|are|was|were|be|been|being|and|or|not|did|does|it|its|this|that|these|those|you|we|they|your|our|their|should|must|will|would|can|cannot|may|might|has|have|had|when|before|after|because|which|who|there|here|by|as|of|for|with|into|than|but|also|please)(?=[\s.,:;!?)]|$)/gi;

/**
 * Whether a line that begins as a command is a sentence, or goes on with the one that `before` began. Where it has options or operators,
 * it takes more to say so.
 */
export function isSentence(line: string, before = ''): boolean {
  const bare = line
    .trim()
    .replace(/`[^`]*`|"[^"]*"|(?<=[\s=(])'[^']*'/g, '"')
    .replace(/\s+/g, ' ');
  const [first = '', ...rest] = bare.split(' ');
  if (rest.length === 0) return false;
  const known = isCommandWord(first) || first === 'sudo';
  const words = (known ? rest.join(' ') : bare).match(said)?.length ?? 0;
  const ends = /(?:^| )[("]?\p{L}[\p{L}'’-]*[)"]?[.,:]$/u.test(bare) ? 1 : 0;
  const commas = /[\p{L})"]{2}, \p{L}/u.test(bare) ? 1 : 0;
  const link = /\]\(\S|\]\[\w/.test(bare) ? 2 : 0;
  const wrapped = before.trim().length >= 45 && /[\p{L}\p{N},)"'`*]$/u.test(before.trimEnd());
  const goesOn = wrapped && rest.length >= 5 && !/[\d/_=@:]/.test(bare) ? 1 : 0;
  const shell = known && (hasOperators(bare) || hasOptions(bare));
  return words + ends + commas + link + goesOn >= (shell ? 2 : 1);
}

interface Count {
  readonly prose: number;
  readonly command: number;
  readonly open: number;
}

function count(text: string): Count {
  const looks = logicalLines(text.slice(0, 200_000)).map((line) => lookOf(line.text));
  const number = (...wanted: readonly Look[]) => looks.filter((look) => wanted.includes(look)).length;
  return { prose: number('prose'), command: number('command'), open: number('unsure', 'maybe') };
}

/** Lines, with those that a backslash continues put together. */
function logicalLines(text: string): Line[] {
  const logical: { text: string; start: number; end: number }[] = [];
  let open: { text: string; start: number; end: number } | undefined;
  for (const line of linesOf(text)) {
    if (open === undefined) logical.push({ ...line });
    else {
      open.text += `\n${line.text}`;
      open.end = line.end;
    }
    open = /(?:^|[^\\])\\$/.test(line.text.slice(-2)) ? logical.at(-1) : undefined;
  }
  return logical;
}

const foreign = /[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;
const drawing = /[\u2190-\u21ff\u2500-\u259f\u25a0-\u25ff\u2501\u2713-\u2718\u274c\u2705]/;

/** English words that a sentence has and a command line hardly. */
const sentence =
  /(?:^|\s)(?:the|a|an|is|are|was|were|be|been|being|of|and|or|not|did|do|does|it|its|this|that|these|those|you|we|your|our|with|should|must|will|would|can|cannot|may|have|has|had|when|then|before|after|if|only|because|which|who|there|here|no|all|any|each|to|from|by|as|at|on|in|into|until|please|make|sure)(?=[\s.,:;!?]|$)/gi;
/** Programs whose names are English verbs: they may begin a sentence. */
const verbs =
  /^(?:find|make|kill|watch|cut|sort|test|split|join|time|look|wait|at|who|install|stop|start|restart|top|more|less|touch|file|read|export|set|check|run|use|open|host|last|type|write|yes|expand|fold|link|mount|patch|paste|true|false|help|history|service|case|for|if|while|until|do|done|then|select|in|time|return|function|let|shift|source|restore|backup|back|verify)$/i;

/** What stands after a name in a sentence about it. */
const linking = /^(?:is|are|was|were|has|have|can|cannot|will|must|should|does|and|or|which)$/i;

function lookOf(line: string): Look {
  const text = line.trim();
  if (text === '') return 'blank';
  if (text.startsWith('#')) return 'comment';
  if (isDecoration(text)) return 'prose';
  const unmarked = text.replace(/^(?:(?:[-*+•‣]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?/, '');
  const marked = unmarked !== text;
  const words = unmarked.split(/\s+/, 200);
  // `uptime; echo …`: the program's name ends where the command does.
  const first = (words[0] ?? '').replace(/(?<=[\w)])[;&|]+$/, '');
  const known = isCommandWord(first) || /^(?:\.{1,2}|~)?\/[\w.-]/.test(first);
  // Code named inside a sentence is a mention.
  const outside = known ? unmarked : unmarked.replace(/`[^`\n]+`/g, '`');
  const operators = hasOperators(outside);
  const options = hasOptions(outside);
  const han = unmarked.match(foreign)?.length ?? 0;
  const english = unmarked.match(sentence)?.length ?? 0;
  // A definition, where Markdown has such lists.
  if (first === ':' && !operators && /^[^"$]/.test(words[1] ?? '"')) return 'prose';
  if (/^\w+=/.test(first)) return options || operators ? 'command' : 'unsure';
  if (/^\S*\/$/.test(unmarked)) return 'prose';
  if (known && !marked && !verbs.test(first)) {
    return !options && !operators && words.length >= 4 && linking.test(words[1] ?? '') ? 'prose' : 'command';
  }
  if (known && !marked && (options || operators)) return 'command';
  if (foreignStart(first)) return 'prose';
  if (han >= 2 && !operators && !options) return 'prose';
  if (marked && !known) return 'prose';
  if (/^[a-z]+:\/\/\S+/.test(first)) return 'prose';
  if (/^["'\u2018-\u201d].*["'\u2018-\u201d.]$/s.test(unmarked) && words.length > 2 && !operators) return 'prose';
  if (isSetting(unmarked)) return 'prose';
  if (operators || options) return known ? 'command' : 'maybe';
  if (words.length >= 3 && english >= 1 && (/^[A-Z][a-z]*[,:]?$/.test(first) || english >= 2)) return 'prose';
  if (/^[A-Z][a-z]+$/.test(first) && words.length >= 2 && /[.!?:]$/.test(unmarked)) return 'prose';
  return outside.includes('`') ? 'maybe' : 'unsure';
}

function hasOperators(text: string): boolean {
  return /(?:^|\s)(?:\||\|\||&&|>>?|<<?-?|2>&1)(?:\s|$)|\$\(|;\s*(?:then|do|done|fi)\b|[^\\]\\\n/.test(text);
}

function hasOptions(text: string): boolean {
  return /(?:^|\s)--?[a-zA-Z][\w-]*(?:[=\s]|$)/.test(text);
}

function foreignStart(word: string): boolean {
  const [letter = ''] = word.replace(/^[("'「『“‘[*_]+/, '');
  foreign.lastIndex = 0;
  return foreign.test(letter);
}

/** Boxes, arrows, rules, tables. */
function isDecoration(text: string): boolean {
  const [first = ''] = text;
  return (
    drawing.test(first) || /^[-=*_~+|]{3,}$/.test(text) || /^\|.*\|$/s.test(text) || /^(?:[-+=]{3,}\+?)+$/.test(text)
  );
}

/** A setting, a piece of data, a line of code of another language, a line of a log. */
function isSetting(text: string): boolean {
  return (
    /^["']?[\w.$/-]+["']?\s*:(?:\s|$)/.test(text) ||
    /^[\w.-]+ = /.test(text) ||
    /^(?:local|host(?:(?:no)?(?:ssl|gssenc))?)\s+\S+\s+\S+\s(?:.*\s)?(?:trust|reject|md5|password|scram-sha-256|peer|ident|cert|gss|ldap|pam)\s*(?:#.*)?$/.test(
      text,
    ) ||
    /^\w+[.-][\w.-]*=/.test(text) ||
    /^\[[\w.:"@/ -]*[\w"]\]$/.test(text) ||
    /^[{}[\]()][,;)]*$/.test(text) ||
    /^["'][^"']*["']\s*:/.test(text) ||
    /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ||
    /^(?:import [\w.]+(?: as \w+)?;?|from [\w.]+ import .+|(?:async )?def \w+\(.*|class \w+.*[:{]|(?:const|let|var) \w+ = .*|func \w+\(.*|package \w+;?|return\b.*[;)]|#include .+)$/.test(
      text,
    )
  );
}

/** Only comments and one sentence in quotes: people put what they say to others behind a fence for a shell. */
export function looksQuoted(text: string): boolean {
  if (text.length > 20_000) return false;
  const said = text.replace(/^[ \t]*#[^\n]*(?:\n|$)/gm, '').trim();
  return /^"[^"$`\\]{8,}"$/.test(said) && /\s\S+\s/.test(said) && !/^"(?:\.{0,2}|~)\//.test(said);
}

/** Whether a text is a script for an interpreter that is no shell. */
export function isUnreadProgram(text: string): boolean {
  return /^\ufeff?#!/.test(text) && !/^\ufeff?#!\s*\S*\b(?:sh|bash|dash|ash|ksh|zsh)\b/.test(text);
}

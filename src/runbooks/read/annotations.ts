import { parseDuration } from '../../lib/duration.ts';
import { suggest } from '../../lib/suggest.ts';
import type { Annotations, Expectation } from '../types.ts';
import { type Sentence, type SentenceKey, sentence } from '../words/index.ts';

/** What was read, and what was not: each problem is one sentence. */
export interface ReadAnnotations {
  readonly annotations: Annotations;
  readonly problems: readonly Sentence[];
}

export const noAnnotations: ReadAnnotations = { annotations: {}, problems: [] };

const keys = ['id', 'target', 'expect', 'capture', 'timeout', 'retry', 'when', 'rollback', 'approve'] as const;
type Key = (typeof keys)[number];

/** Attributes that other tools give to fences: they are no mistakes. */
const foreign =
  /^(?:title|file|filename|name|caption|label|lang|language|class|highlight|hl_lines|hl|linenums|lineNumbers|showLineNumbers|start|startLine|wrap|copy|interactive|background|cwd|closeTerminalOnSuccess|excludeFromRunAll|promptEnv|mimeType|category|interpreter|terminalRows|group|groupId|tab|icon|style|width|height|collapse|diff|runnable|editable|ignore|skip|test|path|src|shell|output|expanded)$/i;

/** `<!-- holdfast: target=db1, approve=2 of dba -->`: what stands behind the colon. Undefined for every other comment. */
export function commentAnnotations(comment: string): ReadAnnotations | undefined {
  const body = /^\s*<!--\s*holdfast\s*:\s*([\s\S]{0,4000}?)\s*-->/i.exec(comment)?.[1];
  return body === undefined ? undefined : readPairs(body, true);
}

/** The comments for Holdfast in a piece of text, one after the other. */
export function annotationsWithin(text: string): ReadAnnotations {
  if (!text.includes('<!--')) return noAnnotations;
  let all = noAnnotations;
  for (const [comment] of text.matchAll(/<!--[^>]{0,4000}-->/g)) {
    const read = commentAnnotations(comment);
    if (read !== undefined) all = merged(all, read);
  }
  return all;
}

/** ` ```bash {target=db1 timeout=30s} `: attributes behind a fence. */
export function fenceAnnotations(meta: string): ReadAnnotations {
  const braces = /\{([^{}]{0,2000})\}/.exec(meta)?.[1];
  const body = braces ?? meta;
  if (!body.includes('=')) return noAnnotations;
  return readPairs(
    body,
    new RegExp(`(?:^|[\\s,])(?:${keys.join('|')})\\s*=`).test(body) || (braces !== undefined && !/"\s*:/.test(braces)),
  );
}

/** What front matter says for every step: `target: db1`, or the same under `holdfast`. */
export function settingsAnnotations(meta: Readonly<Record<string, string>>): ReadAnnotations {
  let all = noAnnotations;
  for (const key of keys) {
    if (key === 'id') continue;
    const value = meta[`holdfast.${key}`] ?? (common.has(key) ? meta[key] : undefined);
    if (value !== undefined) all = merged(all, one(key, value));
  }
  const unknown = Object.keys(meta)
    .filter((name) => name.startsWith('holdfast.') && !keys.includes(name.slice('holdfast.'.length) as Key))
    .map((name) => unknownKey(name.slice('holdfast.'.length)));
  return { ...all, problems: [...all.problems, ...unknown] };
}

/** Keys that mean the same at the head of a document without `holdfast` before them. */
const common: ReadonlySet<Key> = new Set<Key>(['target', 'timeout', 'retry', 'approve']);

/** The later ones win. */
export function merged(first: ReadAnnotations, second: ReadAnnotations): ReadAnnotations {
  return {
    annotations: { ...first.annotations, ...second.annotations },
    problems: [...first.problems, ...second.problems],
  };
}

function readPairs(body: string, ours: boolean): ReadAnnotations {
  let all = noAnnotations;
  const problems: Sentence[] = [];
  for (const [key, value] of pairsOf(body)) {
    if (keys.includes(key as Key)) all = merged(all, one(key as Key, value));
    else if (key.startsWith('expect-'))
      all = merged(all, expectation(key.slice('expect-'.length), value, all.annotations.expect));
    else if (ours && !foreign.test(key)) problems.push(unknownKey(key));
  }
  return { annotations: all.annotations, problems: [...all.problems, ...problems] };
}

function unknownKey(key: string): Sentence {
  const near = suggest(key, keys);
  return near === undefined
    ? sentence('unknown-annotation', { key, known: keys })
    : sentence('unknown-annotation-near', { key, near });
}

/** `a=b, c="d e", f=2 of dba`: a value goes to the next key. */
function pairsOf(body: string): [string, string][] {
  const starts: { key: string; at: number; value: number }[] = [];
  let quote = '';
  const name = /([A-Za-z][\w-]*)[ \t]*=(?!=)[ \t]*/y;
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (at === 0 || /[\s,]/.test(body[at - 1] as string)) {
      name.lastIndex = at;
      const found = name.exec(body);
      if (found === null) continue;
      starts.push({ key: found[1] as string, at, value: at + found[0].length });
      at += found[0].length - 1;
    }
  }
  return starts.map(({ key, value }, index) => {
    const raw = body
      .slice(value, starts[index + 1]?.at)
      .trim()
      .replace(/,$/, '')
      .trim();
    return [key, /^(["'])[\s\S]*\1$/.test(raw) && raw.length > 1 ? raw.slice(1, -1) : raw];
  });
}

type AnnotationProblem = Exclude<Extract<SentenceKey, `annotation-${string}`>, 'annotation-without-step'>;

function one(key: Key, value: string): ReadAnnotations {
  const text = value.trim();
  const bad = (why: AnnotationProblem): ReadAnnotations => ({
    annotations: {},
    problems: [sentence(why, { written: `${key}=${text.slice(0, 80)}` })],
  });
  if (text === '') return bad('annotation-empty');
  switch (key) {
    case 'id':
      return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(text)
        ? { annotations: { id: text }, problems: [] }
        : bad('annotation-id');
    case 'target':
      return { annotations: { target: text }, problems: [] };
    case 'when':
      return { annotations: { when: text }, problems: [] };
    case 'rollback':
      return { annotations: { rollback: text }, problems: [] };
    case 'timeout': {
      const timeout = parseDuration(text);
      return timeout === undefined ? bad('annotation-timeout') : { annotations: { timeout }, problems: [] };
    }
    case 'retry': {
      const found = /^(\d{1,4})(?:\s*(?:x|times|every|,)\s*(?:every\s*)?([\dsmhd.]+))?(?:\s*times)?$/.exec(text);
      const delayMs = found?.[2] === undefined ? 0 : parseDuration(found[2]);
      return found === null || delayMs === undefined
        ? bad('annotation-retry')
        : { annotations: { retry: { times: Number(found[1]), delayMs } }, problems: [] };
    }
    case 'approve': {
      const found = /^(?:(\d{1,2})(?:\s+of\s+|\s*:\s*|\s+)?)?([\p{L}\p{N}_. |/,+-]{0,200})$/u.exec(text);
      const roles = (found?.[2] ?? '').split(/[\s|/,+]+|\bor\b/).filter((role) => role !== '');
      const need = found?.[1] === undefined ? 1 : Number(found[1]);
      return found === null || need === 0
        ? bad('annotation-approve')
        : { annotations: { approve: { need, roles } }, problems: [] };
    }
    case 'capture': {
      const found = /^([A-Za-z_]\w{0,63})(?:\s*:\s*\/(.+)\/)?$/.exec(text);
      const [, name, regex] = found ?? [];
      if (name === undefined) return bad('annotation-capture');
      if (regex === undefined) return { annotations: { capture: { name } }, problems: [] };
      return isRegex(regex) ? { annotations: { capture: { name, regex } }, problems: [] } : bad('annotation-regex');
    }
    case 'expect': {
      const [, form, rest] = /^(exit|text|regex|json|range)\s*:\s*([\s\S]+)$/.exec(text) ?? [];
      if (form !== undefined && rest !== undefined) return expectation(form, rest, undefined);
      const regex = /^\/(.+)\/$/.exec(text)?.[1];
      if (regex !== undefined) return expectation('regex', regex, undefined);
      if (/^\$[.[]/.test(text)) return expectation('json', text, undefined);
      return range(text) === undefined ? expectation('text', text, undefined) : expectation('range', text, undefined);
    }
  }
}

function expectation(form: string, value: string, before: Expectation | undefined): ReadAnnotations {
  const bad = (why: AnnotationProblem): ReadAnnotations => ({
    annotations: {},
    problems: [sentence(why, { written: `expect-${form}=${value.slice(0, 80)}` })],
  });
  const good = (expect: Expectation): ReadAnnotations => ({
    annotations: { expect: { ...before, ...expect } },
    problems: [],
  });
  switch (form) {
    case 'exit':
      return /^\d{1,3}$/.test(value) ? good({ exit: Number(value) }) : bad('annotation-exit');
    case 'text':
      return good({ text: value });
    case 'regex':
      return isRegex(value) ? good({ regex: value }) : bad('annotation-regex');
    case 'range': {
      const found = range(value);
      return found === undefined ? bad('annotation-range') : good({ range: found });
    }
    case 'json': {
      const [, path, literal] = /^(\$\S*)\s*==?\s*([\s\S]+)$/.exec(value) ?? [];
      return path === undefined || literal === undefined
        ? bad('annotation-json')
        : good({ json: { path, equals: jsonOrText(literal.trim()) } });
    }
    default:
      return bad('annotation-expect');
  }
}

function range(text: string): { min?: number; max?: number } | undefined {
  const [, min, max] = /^(-?\d+(?:\.\d+)?)?\s*\.\.\s*(-?\d+(?:\.\d+)?)?$/.exec(text) ?? [];
  if (min === undefined && max === undefined) return undefined;
  return { ...(min === undefined ? {} : { min: Number(min) }), ...(max === undefined ? {} : { max: Number(max) }) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.replace(/^'([\s\S]*)'$/, '$1');
  }
}

function isRegex(text: string): boolean {
  try {
    new RegExp(text, 'um');
    return true;
  } catch {
    return false;
  }
}

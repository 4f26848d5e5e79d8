import { parseDuration } from '../../lib/duration.ts';
import type { Annotations, Expectation } from '../types.ts';
import { type Sentence, type SentenceKey, sentence } from '../words/index.ts';

/** What was read, and what was not: each problem is one sentence. */
export interface ReadAnnotations {
  readonly annotations: Annotations;
  readonly problems: readonly Sentence[];
}

export const annotationKeys = [
  'id',
  'target',
  'expect',
  'capture',
  'timeout',
  'retry',
  'when',
  'rollback',
  'approve',
] as const;
export type AnnotationKey = (typeof annotationKeys)[number];

type AnnotationProblem = Exclude<Extract<SentenceKey, `annotation-${string}`>, 'annotation-without-step'>;

/** What an annotation says; a value that is none is told. */
export function readValue(key: AnnotationKey, value: string): ReadAnnotations {
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

/** `expect-text=…` and its like, beside what was expected before. */
export function expectation(form: string, value: string, before: Expectation | undefined): ReadAnnotations {
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

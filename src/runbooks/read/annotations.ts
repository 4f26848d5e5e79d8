import { suggest } from '../../lib/suggest.ts';
import { type Sentence, sentence } from '../words/index.ts';
import {
  type AnnotationKey,
  annotationKeys,
  expectation,
  type ReadAnnotations,
  readValue,
} from './annotation-values.ts';

export type { ReadAnnotations };

export const noAnnotations: ReadAnnotations = { annotations: {}, problems: [] };

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
    new RegExp(`(?:^|[\\s,])(?:${annotationKeys.join('|')})\\s*=`).test(body) ||
      (braces !== undefined && !/"\s*:/.test(braces)),
  );
}

/** What front matter says for every step: `target: db1`, or the same under `holdfast`. */
export function settingsAnnotations(meta: Readonly<Record<string, string>>): ReadAnnotations {
  let all = noAnnotations;
  for (const key of annotationKeys) {
    if (key === 'id') continue;
    const value = meta[`holdfast.${key}`] ?? (common.has(key) ? meta[key] : undefined);
    if (value !== undefined) all = merged(all, readValue(key, value));
  }
  const unknown = Object.keys(meta)
    .filter(
      (name) =>
        name.startsWith('holdfast.') && !annotationKeys.includes(name.slice('holdfast.'.length) as AnnotationKey),
    )
    .map((name) => unknownKey(name.slice('holdfast.'.length)));
  return { ...all, problems: [...all.problems, ...unknown] };
}

/** Keys that mean the same at the head of a document without `holdfast` before them. */
const common: ReadonlySet<AnnotationKey> = new Set<AnnotationKey>(['target', 'timeout', 'retry', 'approve']);

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
    if (annotationKeys.includes(key as AnnotationKey)) all = merged(all, readValue(key as AnnotationKey, value));
    else if (key.startsWith('expect-'))
      all = merged(all, expectation(key.slice('expect-'.length), value, all.annotations.expect));
    else if (ours && !foreign.test(key)) problems.push(unknownKey(key));
  }
  return { annotations: all.annotations, problems: [...all.problems, ...problems] };
}

function unknownKey(key: string): Sentence {
  const near = suggest(key, annotationKeys);
  return near === undefined
    ? sentence('unknown-annotation', { key, known: annotationKeys })
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

import type { Block, Parameter, Step } from '../types.ts';
import { type Occurrence, occurrences, type ParameterForm, variablesOf } from './forms.ts';
import { shellVariables } from './shell-variables.ts';

interface Draft {
  readonly name: string;
  readonly forms: Set<ParameterForm>;
  readonly lines: Set<number>;
  readonly steps: Set<string>;
  readonly first: { readonly line: number; readonly step: number };
  fallback?: string;
}

/**
 * The parameters of a procedure, in the order of their first use, with where each gets its value: `captured` from the output of an earlier
 * step, `document` (front matter, or an assignment in an earlier block, with its value as default when that is plain), `default`
 * (`${X:-value}`), else `unresolved`. Front matter gives values under `parameters.NAME`, `params.NAME` or `param.NAME`, and below them as
 * `default` or `value`.
 */
export function collectParameters(
  steps: readonly Step[],
  meta: Readonly<Record<string, string>>,
  blocks: readonly Block[],
): Parameter[] {
  const drafts = new Map<string, Draft>();
  for (const [index, step] of steps.entries()) {
    const newlines = newlinesOf(step.text);
    const note = (each: Occurrence & { readonly default?: string }) => {
      const line = step.line + newlines(each.start);
      const draft: Draft = drafts.get(each.name) ?? {
        name: each.name,
        forms: new Set(),
        lines: new Set(),
        steps: new Set(),
        first: { line, step: index },
      };
      drafts.set(each.name, draft);
      draft.forms.add(each.form);
      draft.lines.add(line);
      draft.steps.add(step.id);
      if (each.default !== undefined) draft.fallback ??= each.default;
    };
    const found = [...occurrences(step.text, step.language), ...variablesOf(step.text, step.language)];
    for (const each of found.sort((a, b) => a.start - b.start)) note(each);
  }
  const given = frontMatter(meta);
  const assigned = assignments(steps, blocks);
  return [...drafts.values()].map((draft) => parameter(draft, given, assigned, steps));
}

function parameter(
  { name, forms, lines, steps: used, first, fallback }: Draft,
  given: ReadonlyMap<string, string>,
  assigned: ReadonlyMap<string, readonly { readonly line: number; readonly value?: string }[]>,
  steps: readonly Step[],
): Parameter {
  const base = {
    name,
    forms: [...forms, ...(given.has(name) ? (['front-matter'] as const) : [])],
    lines: [...lines].sort((a, b) => a - b),
    steps: [...used],
  };
  const captured = steps.slice(0, first.step).some(({ annotations }) => annotations.capture?.name === name);
  if (captured) return { ...base, source: 'captured' };
  const value = given.get(name);
  if (value !== undefined) return { ...base, source: 'document', default: value };
  const before = (assigned.get(name) ?? []).filter(({ line }) => line < first.line).at(-1);
  if (before !== undefined && forms.has('shell'))
    return { ...base, source: 'document', ...(before.value === undefined ? {} : { default: before.value }) };
  return fallback === undefined ? { ...base, source: 'unresolved' } : { ...base, source: 'default', default: fallback };
}

const shells = new Set(['', 'sh', 'bash', 'shell', 'zsh', 'ksh', 'console', 'env', 'dotenv']);

/** What earlier blocks and steps set, by name: lines are of the document. */
function assignments(
  steps: readonly Step[],
  blocks: readonly Block[],
): Map<string, { line: number; value?: string }[]> {
  const found = new Map<string, { line: number; value?: string }[]>();
  const texts = [
    ...steps.filter(({ language }) => language === 'sh'),
    ...blocks
      .filter(({ language, steps: made }) => shells.has(language) && made.length === 0)
      .map(({ line, text }) => ({ line: line + 1, text })),
  ];
  for (const { line, text } of texts) {
    if (!text.includes('=')) continue;
    const newlines = newlinesOf(text);
    for (const { name, start, value } of shellVariables(text).set) {
      const list = found.get(name) ?? [];
      list.push({ line: line + newlines(start), ...(value === undefined ? {} : { value }) });
      found.set(name, list);
    }
  }
  for (const list of found.values()) list.sort((a, b) => a.line - b.line);
  return found;
}

function frontMatter(meta: Readonly<Record<string, string>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(meta)) {
    const [, name, of] = /^(?:parameters|params|param)\.(.+?)(?:\.(default|value|description))?$/.exec(key) ?? [];
    if (name !== undefined && value !== '' && of !== 'description') found.set(name, value);
  }
  return found;
}

/** Counts the line breaks before an offset, in steps of the logarithm of their number. */
function newlinesOf(text: string): (offset: number) => number {
  const places: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) places.push(at);
  return (offset) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

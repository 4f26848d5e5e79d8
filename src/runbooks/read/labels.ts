import type { StepKind } from '../types.ts';
import type { BlockStep } from './block-steps.ts';
import type { StepDraft } from './collected.ts';
import type { HeadingNode } from './nodes.ts';
import { placeSaid } from './place.ts';
import { shortened, titleOf, unnumbered } from './plain.ts';
import { decision, question, rollback, verification } from './words.ts';

interface Labels {
  readonly label: string;
  readonly heading: string;
}

export function titleFor({ title, text, kind }: BlockStep, count: number, { label, heading }: Labels): string {
  const named = unnumbered(label);
  const shown = titleOf(unnumbered(heading));
  if (count > 1) return title !== '' ? title : named !== '' ? named : shown;
  if (kind === 'manual' && title !== '') return title;
  if (named !== '') return title === '' ? named : `${named}: ${title}`;
  if (title !== '') return title;
  return shown !== '' ? shown : titleOf(text.split('\n', 1)[0] ?? '');
}

/** Titles of commands that would be called the same under one heading, as those are of which nothing else is said: each adds how it begins. */
export function toldApart(steps: readonly StepDraft[]): ReadonlyMap<StepDraft, string> {
  const named = new Map<string, StepDraft[]>();
  for (const step of steps) {
    if (step.kind !== 'command') continue;
    const name = JSON.stringify([step.section, step.title]);
    named.set(name, [...(named.get(name) ?? []), step]);
  }
  const alike = [...named.values()].filter(({ length }) => length > 1).flat();
  return new Map(alike.map((step) => [step, `${step.title}: ${beginning(step.text)}`]));
}

/** The first line of a script that does something. */
function beginning(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('#')) ?? lines[0] ?? '';
  return shortened(first, 80);
}

/** A bold line or one that ends in a colon speaks for the block below it; a heading without a number for its section. */
export function roleOf(lead: string, headings: readonly HeadingNode[]): StepDraft['role'] {
  const label = titleOf(lead);
  const isLabel = label.length <= 60 && (/^\s*(?:\*\*|__)/.test(lead) || /[:：]\s*(?:\*\*|__)?\s*$/.test(lead));
  if (isLabel && rollback.test(label)) return 'rollback';
  if (isLabel && verification.test(unnumbered(label))) return 'verification';
  if (headings.some(({ depth, text }) => depth > 1 && rollback.test(text))) return 'rollback';
  return verification.test(unnumbered(headings.at(-1)?.text ?? '')) ? 'verification' : undefined;
}

/** Where the nearest heading says that it is done. */
export function headingPlace(headings: readonly HeadingNode[]): string | undefined {
  return placeSaid(unnumbered(headings.at(-1)?.text ?? ''));
}

/** What stands before a block, when it is short enough to speak for it: a label, or the last line if that ends in a colon. */
export function leadOf(markdown: string): string {
  const text = markdown
    .replace(/\{\/\*[\s\S]{0,1000}?\*\/\}|\{\{[<%][^\n]{0,300}?[%>]\}\}/g, '')
    .replace(/^[ \t]*(?::{3,}[^\n]*|(?:!!!|\?\?\?\+?|===[+!]?)[ \t][^\n]*|\[[^\]\n]{1,200}\]:[^\n]*)$/gm, '')
    .trim();
  if (text.startsWith('|')) return '';
  if (text.length <= 200) return text;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return last.length <= 160 && isLabel(last) ? last : '';
}

/** What names a list: a bold line, or one that ends in a colon. Anything else before it is a sentence of its own. */
export function labelIn(lead: string): string {
  const last = lead.slice(lead.lastIndexOf('\n') + 1);
  return isLabel(last) || /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*$/.test(last) ? titleOf(last) : '';
}

function isLabel(line: string): boolean {
  return /[:：]\s*(?:\*\*|__)?\s*$/.test(line);
}

/** What a text asks of a person. */
export function kindOf(text: string): StepKind {
  return question.test(text) ? 'question' : decision.test(text) ? 'decision' : 'manual';
}

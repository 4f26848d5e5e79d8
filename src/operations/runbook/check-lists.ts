import { formatDuration } from '../../lib/duration.ts';
import { padToWidth, textWidth } from '../../lib/width.ts';
import type { Style } from '../types.ts';
import type { Checked } from './check-model.ts';
import { plain, some, span, wrapped } from './check-text.ts';

/** Ways of which one is chosen. */
export function choices({ alternatives }: Checked, style: Style): string[] {
  if (alternatives.length === 0) return [];
  const lines = ['', style.bold('To be chosen: only one of each')];
  for (const { id, line, question, choices: ways } of alternatives) {
    lines.push(`  ${plain(question, 80)}  ${style.dim(`${id} · line ${line}`)}`);
    for (const way of ways)
      lines.push(`    ○ ${plain(way.title, 70)}  ${style.dim(way.steps.length === 0 ? 'no steps' : span(way.steps))}`);
  }
  return lines;
}

/** What must be known before it can run, and what is. */
export function parameterLines({ parameters }: Checked, style: Style): string[] {
  if (parameters.length === 0) return [];
  const open = parameters.filter(({ source }) => source === 'unresolved');
  const known = parameters.filter(({ source }) => source !== 'unresolved');
  const width = Math.min(32, Math.max(...parameters.map(({ name }) => textWidth(plain(name, 32)))));
  const used = (lines: readonly number[]) =>
    style.dim(`line${lines.length === 1 ? '' : 's'} ${some(lines.map(String), 6)}`);
  const what = ({ description }: (typeof parameters)[number]) =>
    description === undefined ? '' : `${plain(description, 60)}  `;
  const lines = [''];
  if (open.length > 0)
    lines.push(
      style.yellow(
        style.bold(`Needed before it can run: ${open.length === 1 ? 'one value' : `${open.length} values`}`),
      ),
    );
  for (const each of open)
    lines.push(`  ${style.yellow(padToWidth(plain(each.name, 32), width))}  ${what(each)}${used(each.lines)}`);
  if (known.length > 0) lines.push(style.bold('Known values'));
  for (const each of known) {
    const from = {
      document: 'from the document',
      captured: 'from the output of a step',
      default: 'by default',
      unresolved: '',
    };
    const value = each.default === undefined ? '' : ` = ${plain(each.default, 40)}`;
    lines.push(
      `  ${padToWidth(plain(each.name, 32), width)}  ${from[each.source]}${value}  ${what(each)}${used(each.lines)}`,
    );
  }
  return lines;
}

/** Lists to tick. */
export function checklistLines({ checklists }: Checked, style: Style): string[] {
  if (checklists.length === 0) return [];
  return [
    '',
    style.bold(`Checklists: ${checklists.length}`),
    ...checklists.map(({ title, line, every, items, block }) => {
      const facts = [
        `${items.length} ${items.length === 1 ? 'item' : 'items'}`,
        ...(every === undefined ? [] : [`each ${every}`]),
        ...(block === undefined ? [] : ['a template']),
        `line ${line}`,
      ];
      return `  ☐ ${plain(title, 70)}  ${style.dim(facts.join(' · '))}`;
    }),
  ];
}

/** Levels with their times. */
export function severityLines({ severities }: Checked, style: Style): string[] {
  if (severities.length === 0) return [];
  const time = (what: string, ms: number | undefined) =>
    ms === undefined ? `no time to ${what} is given` : `${what} within ${formatDuration(ms)}`;
  const width = Math.max(...severities.map(({ name }) => textWidth(name)));
  return [
    '',
    style.bold('Severity levels'),
    ...severities.map(
      ({ name, responseMs, recoveryMs }) =>
        `  ${padToWidth(name, width)}  ${padToWidth(time('respond', responseMs), 29)}  ${time('recover', recoveryMs)}`,
    ),
  ];
}

/** What is neither run nor asked. */
export function otherParts({ tables, blocks, prompts }: Checked, style: Style): string[] {
  const lines: string[] = [];
  if (tables.length > 0)
    lines.push(`  Tables: ${tables.map(({ kind, line }) => `${kind} ${style.dim(`(${line})`)}`).join(', ')}`);
  const others = blocks.filter(({ use, steps }) => steps.length === 0 && !toldElsewhere.has(use));
  const uses = [...new Set(others.map(({ use }) => use))];
  for (const use of uses) {
    const at = others.filter((block) => block.use === use).map(({ line }) => String(line));
    lines.push(`  Not run, ${useNames[use]}: ${style.dim(`line${at.length === 1 ? '' : 's'} ${some(at, 12)}`)}`);
  }
  for (const { line } of prompts)
    lines.push(`  Text for an AI assistant, shown and never followed: ${style.dim(`line ${line}`)}`);
  return lines.length === 0 ? [] : ['', style.bold('Also in it'), ...lines];
}

const toldElsewhere: ReadonlySet<Checked['blocks'][number]['use']> = new Set(['step', 'prompt', 'not-understood']);

const useNames: Readonly<Record<Checked['blocks'][number]['use'], string>> = {
  step: 'steps',
  alternative: 'code that belongs to an alternative',
  template: 'templates',
  configuration: 'configuration',
  example: 'examples and drawings',
  transcript: 'transcripts',
  prompt: 'prompts',
  'not-understood': 'not understood',
};

/** What a reviewer objects to. */
export function findingLines({ findings, linted }: Checked, style: Style): string[] {
  if (findings.length === 0) return linted ? ['', style.green('No objections.')] : [];
  const colour = { error: style.red, warning: style.yellow, info: style.dim };
  return [
    '',
    style.bold(`Look twice: ${findings.length}`),
    ...findings.flatMap(({ code, level, line, step, message }) => [
      `  ${colour[level](level)} line ${line}${step === undefined ? '' : ` · ${step}`}  ${style.dim(code)}`,
      ...wrapped(plain(message, 600), 92).map((part) => `    ${part}`),
    ]),
  ];
}

/** What a person must read, as it was not understood. */
export function notUnderstood({ notUnderstood: parts }: Checked, style: Style): string[] {
  if (parts.length === 0) return ['', style.green('Everything in it was understood.')];
  const title = `NOT UNDERSTOOD: ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}. Read ${parts.length === 1 ? 'it' : 'them'} yourself.`;
  return [
    '',
    style.red(style.bold(title)),
    ...parts.flatMap(({ line, endLine, text, why }) => [
      `  ${style.red(line === endLine ? `line ${line}` : `lines ${line}-${endLine}`)}  ${plain(why, 200)}`,
      ...(text.trim() === '' ? [] : [`    ${style.dim(plain(text.trim().split('\n')[0] ?? '', 90))}`]),
    ]),
  ];
}

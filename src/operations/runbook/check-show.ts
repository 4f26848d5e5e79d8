import type { Label } from '../../effects/types.ts';
import { padToWidth } from '../../lib/width.ts';
import type { Style } from '../types.ts';
import {
  checklistLines,
  choices,
  findingLines,
  notUnderstood,
  otherParts,
  parameterLines,
  severityLines,
} from './check-lists.ts';
import type { Checked } from './check-model.ts';
import { stepLines } from './check-steps.ts';
import { coloured, mild, plain, some } from './check-text.ts';

/**
 * Runbooks for a person: what each can do, its steps by section, what must be chosen and known before it can run, and last, where the eye
 * stays, what was not understood.
 */
export function showChecked(all: readonly Checked[], style: Style): string {
  if (all.length === 0) return '';
  const pages = all.map((one) => showOne(one, style).join('\n'));
  if (all.length > 1) pages.push(summary(all, style).join('\n'));
  return pages.join(`\n\n${style.dim('═'.repeat(72))}\n\n`);
}

function showOne(one: Checked, style: Style): string[] {
  return [
    ...heading(one, style),
    ...stepLines(one, style),
    ...choices(one, style),
    ...parameterLines(one, style),
    ...checklistLines(one, style),
    ...severityLines(one, style),
    ...otherParts(one, style),
    ...findingLines(one, style),
    ...notUnderstood(one, style),
  ];
}

function heading({ title, description, file, effects, steps }: Checked, style: Style): string[] {
  const lines = [style.bold(plain(title, 200)) + (file === undefined || file === title ? '' : style.dim(`   ${file}`))];
  if (description !== undefined) lines.push(plain(description, 200));
  const worth = effects.filter((label) => !mild.has(label));
  if (steps.length === 0) lines.push('', 'It has no steps: nothing in it can be run.');
  else if (worth.length === 0) lines.push('', `It only reads: ${coloured(effects, style)}`);
  else {
    lines.push('', 'What it can do:');
    for (const label of worth) {
      const doing = steps.filter((step) => step.effects.includes(label)).map(({ id }) => id);
      lines.push(
        `  ${padToWidth(coloured([label], style), 14)} ${padToWidth(meaning[label], 44)} ${style.dim(some(doing, 8))}`,
      );
    }
  }
  return lines;
}

/** What each label means to somebody in a hurry. */
const meaning: Readonly<Record<Label, string>> = {
  none: 'does nothing',
  read: 'looks',
  secret: 'shows or handles secrets',
  write: 'changes something',
  destroy: 'destroys what may not come back',
  'remote-delete': 'deletes on another machine or in a cloud',
  privilege: 'acts with more rights',
  egress: 'sends something out, or fetches code',
  disrupt: 'interrupts a service',
  unknown: 'is not known: treat it as dangerous',
  'not-shell': 'is no command',
};

function summary(all: readonly Checked[], style: Style): string[] {
  const parts = all.filter(({ notUnderstood: open }) => open.length > 0);
  const errors = all.reduce((sum, { findings }) => sum + findings.filter(({ level }) => level === 'error').length, 0);
  const lines = [
    style.bold(`${all.length} runbooks, ${all.reduce((sum, { steps }) => sum + steps.length, 0)} steps.`),
    ...(errors > 0 ? [style.red(`${errors} ${errors === 1 ? 'error' : 'errors'}.`)] : []),
  ];
  if (parts.length === 0) return [...lines, style.green('Everything in them was understood.')];
  lines.push(style.red(style.bold(`NOT UNDERSTOOD, in ${parts.length} of them:`)));
  for (const { file, title, notUnderstood: open } of parts)
    lines.push(
      `  ${file ?? title}: ${open
        .map(({ line }) => `line ${line}`)
        .slice(0, 12)
        .join(', ')}${open.length > 12 ? ', …' : ''}`,
    );
  return lines;
}

import { type Label, labels } from '../../effects/types.ts';
import { formatDuration } from '../../lib/duration.ts';
import { clipToWidth, padToWidth, textWidth } from '../../lib/width.ts';
import type { Style } from '../types.ts';
import type { Checked } from './check-model.ts';

type Step = Checked['steps'][number];

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
        `  ${padTo(coloured([label], style), 14)} ${padToWidth(meaning[label], 44)} ${style.dim(some(doing, 8))}`,
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

const grave: ReadonlySet<Label> = new Set(['destroy', 'remote-delete', 'disrupt', 'privilege', 'secret', 'unknown']);
const mild: ReadonlySet<Label> = new Set(['none', 'read', 'not-shell']);

function stepLines({ steps, alternatives }: Checked, style: Style): string[] {
  if (steps.length === 0) return [];
  const kinds = new Map<string, number>();
  for (const { kind } of steps) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const counted = [...kinds].map(([kind, count]) => `${count} ${kindNames[kind as Step['kind']][count === 1 ? 0 : 1]}`);
  const lines = [
    '',
    `${style.bold(`${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`)}: ${counted.join(', ')}.`,
    ...verifiedLine(steps, style),
    style.dim(legend(steps)),
  ];
  const choiceOf = new Map(
    alternatives.flatMap(({ choices: ways }) => ways.map((way) => [way.id, way.title] as const)),
  );
  const width = Math.max(...steps.map(({ id }) => textWidth(id)));
  const lineWidth = Math.max(...steps.map(({ line }) => String(line).length));
  let section = '';
  const title = commonHeading(steps);
  for (const step of steps) {
    const chosen = step.alternative === undefined ? undefined : choiceOf.get(step.alternative);
    const under = step.section
      .slice(title)
      .map((part) => plain(part, 60))
      .join(' › ');
    if (under !== section) lines.push('', `  ${style.bold(under === '' ? '(before the first heading)' : under)}`);
    section = under;
    lines.push(...oneStep(step, chosen, width, lineWidth, style));
  }
  return lines;
}

/** How much of it is known to work here; nothing when nobody asked. */
function verifiedLine(steps: readonly Step[], style: Style): string[] {
  const asked = steps.filter(({ verification }) => verification !== undefined);
  if (asked.length === 0) return [];
  const good = asked.filter(({ verification }) => verification?.state === 'verified').length;
  const text = `Verified here: ${good} of ${asked.length} ${asked.length === 1 ? 'command' : 'commands'}.`;
  return [good === asked.length ? style.green(text) : style.yellow(text)];
}

/** What the marks mean that are on the page. */
function legend(steps: readonly Step[]): string {
  const used = (Object.keys(marks) as Step['kind'][]).filter((kind) => steps.some((step) => step.kind === kind));
  const named = used.map((kind) => `${marks[kind]} ${kindNames[kind][0]}`);
  return [...(steps.some(isGrave) ? ['! command to look at twice'] : []), ...named].join('   ');
}

function isGrave({ kind, effects }: Step): boolean {
  return kind === 'command' && effects.some((label) => grave.has(label));
}

/** 1 when all steps stand under one first heading, mostly the title: it need not be said at each. */
function commonHeading(steps: readonly Step[]): number {
  const [first] = steps[0]?.section ?? [];
  return first !== undefined &&
    steps.length > 1 &&
    steps.every(({ section }) => section[0] === first && section.length > 1)
    ? 1
    : 0;
}

const kindNames: Readonly<Record<Step['kind'], readonly [string, string]>> = {
  command: ['command', 'commands'],
  manual: ['thing to do by hand', 'things to do by hand'],
  question: ['question', 'questions'],
  decision: ['decision', 'decisions'],
  'checklist-item': ['checklist item', 'checklist items'],
};

const marks: Readonly<Record<Step['kind'], string>> = {
  command: '▸',
  manual: '•',
  question: '?',
  decision: '◇',
  'checklist-item': '☐',
};

function oneStep(step: Step, chosen: string | undefined, width: number, lineWidth: number, style: Style): string[] {
  const mark = isGrave(step) ? style.red('!') : marks[step.kind];
  const at = style.dim(`line ${String(step.line).padStart(lineWidth)}`);
  const title = plain(step.title, 88);
  const lines = [
    `  ${mark} ${style.bold(padToWidth(step.id, width))}  ${at}  ${title === '' ? style.dim('(no title)') : title}`,
  ];
  const indent = ' '.repeat(4 + width + 2 + 5 + lineWidth + 2);
  if (step.kind === 'command') {
    const shown = oneLine(step);
    if (shown !== '' && shown !== title) lines.push(`${indent}${style.dim(shown)}`);
    const facts = [coloured(step.effects, style), ...notes(step, chosen)];
    lines.push(`${indent}${facts.join(style.dim(' · '))}`);
  } else if (chosen !== undefined) lines.push(`${indent}${style.dim(`only for: ${plain(chosen, 60)}`)}`);
  return lines;
}

/** The command in one line: comments left out, continued lines joined. */
function oneLine({ text, language }: Step): string {
  const comment = language === 'sql' ? /^\s*--/ : /^\s*#/;
  const code = text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !comment.test(line))
    .map((line) => line.trim());
  // In a script, what it does, before what it says and remembers.
  const telling = code.filter((line) => !/^(?:echo|printf|set|export)\s|^[A-Za-z_]\w*=(?!.*\$\()/.test(line));
  const shown = plain((telling.length > 0 ? telling : code).join(' ⏎ '), 100);
  return code.length > 4 ? `${shown}  (${code.length} lines)` : shown;
}

function notes(step: Step, chosen: string | undefined): string[] {
  const { annotations, verification, target, parameters } = step;
  const place = typeof annotations.target === 'string' ? annotations.target : target;
  return [
    ...(place === undefined ? [] : [`on ${plain(place, 40)}`]),
    ...(parameters.length === 0 ? [] : [`needs ${parameters.map((name) => plain(name, 30)).join(', ')}`]),
    ...(chosen === undefined ? [] : [`only for: ${plain(chosen, 60)}`]),
    ...(annotations.rollback === undefined ? [] : ['can be taken back']),
    ...(verification === undefined ? [] : [verifiedText(verification)]),
  ];
}

function verifiedText({ state, at, target }: NonNullable<Step['verification']>): string {
  const when =
    at === undefined ? '' : ` ${at.slice(0, 10)}${target === undefined || target === '' ? '' : ` on ${target}`}`;
  switch (state) {
    case 'verified':
      return `verified${when}`;
    case 'expired':
      return `NOT VERIFIED: last ran${when}, too long ago`;
    case 'changed':
      return `NOT VERIFIED: changed since it ran${when}`;
    case 'tool-changed':
      return `NOT VERIFIED: its program has another version since${when}`;
    default:
      return at === undefined ? 'NOT VERIFIED: it never ran here' : `NOT VERIFIED: failed${when}`;
  }
}

function choices({ alternatives }: Checked, style: Style): string[] {
  if (alternatives.length === 0) return [];
  const lines = ['', style.bold('To be chosen: only one of each')];
  for (const { id, line, question, choices: ways } of alternatives) {
    lines.push(`  ${plain(question, 80)}  ${style.dim(`${id} · line ${line}`)}`);
    for (const way of ways)
      lines.push(`    ○ ${plain(way.title, 70)}  ${style.dim(way.steps.length === 0 ? 'no steps' : span(way.steps))}`);
  }
  return lines;
}

function parameterLines({ parameters }: Checked, style: Style): string[] {
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

function checklistLines({ checklists }: Checked, style: Style): string[] {
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

function severityLines({ severities }: Checked, style: Style): string[] {
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

/** What else the document holds: nothing is left out, and little is said. */
function otherParts({ tables, blocks, prompts }: Checked, style: Style): string[] {
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

function findingLines({ findings, linted }: Checked, style: Style): string[] {
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

function notUnderstood({ notUnderstood: parts }: Checked, style: Style): string[] {
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

function coloured(list: readonly Label[], style: Style): string {
  return labels
    .filter((label) => list.includes(label))
    .map((label) => (grave.has(label) ? style.red(label) : mild.has(label) ? style.green(label) : style.yellow(label)))
    .join(' ');
}

/** `s3 to s7` when they follow each other. */
function span(ids: readonly string[]): string {
  return ids.length > 2 ? `${ids[0]} to ${ids.at(-1)}` : ids.join(', ');
}

function some(words: readonly string[], most: number): string {
  return words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

function padTo(text: string, columns: number): string {
  return padToWidth(text, columns);
}

/** Lines of at most so many columns, broken at blanks. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || textWidth(last) + 1 + textWidth(word) > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** One line of at most so many columns; what a document holds must not steer the terminal. */
function plain(text: string, columns: number): string {
  return clipToWidth(
    text
      .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    columns,
  );
}

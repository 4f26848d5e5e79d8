import { padToWidth, textWidth } from '../../lib/width.ts';
import type { Style } from '../types.ts';
import type { Checked } from './check-model.ts';
import { coloured, grave, plain } from './check-text.ts';

type Step = Checked['steps'][number];

/** The steps by section, each with what it would do. */
export function stepLines({ steps, alternatives }: Checked, style: Style): string[] {
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
  } else {
    // What a person types is shown; a sentence is its own title.
    const shown = step.block === undefined ? '' : oneLine(step);
    if (shown !== '' && shown !== title) lines.push(`${indent}${style.dim(shown)}`);
    if (chosen !== undefined) lines.push(`${indent}${style.dim(`only for: ${plain(chosen, 60)}`)}`);
  }
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
  const { annotations, verification, target, parameters, role, of } = step;
  const place = typeof annotations.target === 'string' ? annotations.target : target;
  return [
    ...(place === undefined ? [] : [`on ${plain(place, 40)}`]),
    ...(parameters.length === 0 ? [] : [`needs ${parameters.map((name) => plain(name, 30)).join(', ')}`]),
    ...(chosen === undefined ? [] : [`only for: ${plain(chosen, 60)}`]),
    ...(role === 'rollback' ? [`only to take back ${of ?? 'what was done'}`] : []),
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

import { openCommand } from '../../gates/open-command.ts';
import { gates } from '../../gates/types.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Plan } from '../../procedures/plan.ts';
import { plainStyle } from '../plain-style.ts';
import type { Style } from '../types.ts';

type PlannedStep = Plan['steps'][number];

/** What a run would do, for a person: where, what, what it needs, and what is not known. */
export function showPlan(plan: Plan, style: Style = plainStyle): string {
  const lines = [
    `${style.bold(plan.runbook.title)}  ${style.dim(`${plan.runbook.path} · ${plan.site} · ${plan.mode}`)}`,
    ...plan.targets.map((target) => {
      const pinned = Object.entries(target.identity).map(([fact, value]) => `${fact} ${value}`);
      const known =
        pinned.length === 0 ? style.yellow('not pinned: what it says first holds for the run') : pinned.join(', ');
      return `Target ${style.bold(target.name)} (${target.kind}${target.live ? '' : ', not live'}): ${known}`;
    }),
  ];
  const titles = new Map(plan.alternatives.flatMap(({ choices }) => choices.map(({ id, title }) => [id, title])));
  let section = '';
  let alternative: string | undefined;
  for (const step of plan.steps) {
    const under = step.section.slice(1).join(' › ');
    if (under !== section) lines.push('', style.dim(under));
    if (step.alternative !== undefined && (step.alternative !== alternative || under !== section))
      lines.push(style.yellow(`  ○ ${step.alternative}  ${titles.get(step.alternative) ?? ''}`));
    alternative = step.alternative;
    section = under;
    lines.push(...showStep(step, style));
  }
  lines.push('');
  for (const { id, question, choices, chosen } of plan.alternatives) {
    lines.push(`One of these (${id}): ${question}`);
    for (const choice of choices)
      lines.push(`  ${choice.id === chosen ? style.green('●') : '○'} ${choice.id}  ${choice.title}`);
  }
  const missing = [...new Set(plan.steps.flatMap((step) => step.missing))];
  if (missing.length > 0) lines.push(style.yellow(`Will be asked for: ${missing.join(', ')}`));
  const closed = gates.filter((gate) => plan.steps.some((step) => step.closed.includes(gate)));
  if (closed.length > 0)
    lines.push(style.yellow(`Closed gates: ${closed.join(', ')}. Open them with: ${openCommand(closed, plan.mode)}`));
  if (plan.expectedMs !== undefined)
    lines.push(
      `Earlier runs took ${formatDuration(plan.expectedMs)}${plan.rtoMs === undefined ? '' : ` of ${formatDuration(plan.rtoMs)}`}.`,
    );
  for (const { line, why } of plan.notUnderstood) lines.push(style.red(`NOT UNDERSTOOD, line ${line}: ${why}`));
  return lines.join('\n').trimEnd();
}

function showStep(step: PlannedStep, style: Style): string[] {
  const mark = step.asks === 'nothing' ? '▸' : step.asks === 'a person' ? '?' : '!';
  const lines = [`${step.closed.length > 0 ? style.yellow(mark) : mark} ${style.bold(step.id)}  ${step.title}`];
  if (step.command !== undefined) {
    for (const line of step.command.split('\n')) lines.push(`      ${line}`);
    const facts = [
      `on ${namesOf(step.targets)}`,
      ...(step.placeInText === undefined ? [] : [`the text says on ${step.placeInText}`]),
      step.effects.join(', '),
      ...(step.closed.length > 0 ? [`closed: ${step.closed.join(', ')}`] : []),
      ...step.approvals.map(
        ({ need, roles }) => `approval by ${need}${roles.length === 0 ? '' : ` of ${roles.join(', ')}`}`,
      ),
      ...(step.keepsBefore.length > 0 ? [`keeps first: ${step.keepsBefore.join(', ')}`] : []),
      ...(step.expectedMs === undefined ? [] : [`about ${formatDuration(step.expectedMs)}`]),
    ];
    lines.push(style.dim(`    ${facts.join(' · ')}`));
  }
  if (step.when !== undefined)
    lines.push(
      style.yellow(
        `    only for ${step.when.condition}${step.when.holds ? '' : ', which is not so with what is known now'}`,
      ),
    );
  for (const problem of step.problems) lines.push(style.red(`    ${problem}`));
  return lines;
}

/** All names of a few; of many how many there are, with the first and the last. */
function namesOf(names: readonly string[]): string {
  if (names.length <= 4) return names.join(', ');
  return `${names.length} targets: ${names.slice(0, 2).join(', ')} … ${names.at(-1)}`;
}

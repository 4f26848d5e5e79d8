import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Style } from '../types.ts';

interface Shown {
  readonly outcome?: ProcedureOutcome | undefined;
  readonly evidence?: string | undefined;
  readonly report?: string | undefined;
  readonly handOver?: string | undefined;
  readonly leaf?: number | undefined;
}

const marks = {
  succeeded: '✔',
  failed: '✘',
  skipped: '−',
  'not-chosen': ' ',
  'not-reached': ' ',
  cancelled: '✘',
  unknown: '?',
  'rolled-back': '↩',
} as const;

/** What a run did, for a person: each step that was come to, and what was left. */
export function showRun({ outcome, evidence, report, handOver, leaf }: Shown, style: Style): string {
  if (outcome === undefined) return '';
  const colour = { succeeded: style.green, failed: style.red, unknown: style.red, cancelled: style.red } as const;
  const lines = [`${style.bold(outcome.runbook.title)} · ${outcome.site}${outcome.mode === 'solo' ? ' · solo' : ''}`];
  for (const step of outcome.steps) {
    if (step.outcome === 'not-chosen' || step.outcome === 'not-reached') continue;
    const paint = Reflect.get(colour, step.outcome) as ((text: string) => string) | undefined;
    const took = step.kind === 'command' ? formatDuration(step.durationMs) : '';
    const why = step.targets.find((target) => target.why !== undefined)?.why ?? step.answers.at(-1)?.reason ?? '';
    const rest = [
      step.outcome === 'succeeded' ? '' : step.outcome,
      took,
      step.outcome === 'succeeded' ? '' : why,
    ].filter(Boolean);
    lines.push(
      `  ${(paint ?? style.yellow)(marks[step.outcome])} ${step.id}  ${step.title}  ${style.dim(rest.join(' · '))}`,
    );
  }
  const left = outcome.steps.filter((step) => step.outcome === 'not-reached').length;
  const ended = {
    completed: 'Completed',
    'completed-with-gaps': 'Completed, with gaps',
    stopped: 'Stopped',
    cancelled: 'Cancelled',
  };
  const paint = outcome.ending === 'completed' ? style.green : style.yellow;
  lines.push(
    `${paint(ended[outcome.ending])} in ${formatDuration(outcome.durationMs)}${left > 0 ? `, ${left} ${left === 1 ? 'step' : 'steps'} not reached` : ''}`,
    ...(evidence === undefined
      ? []
      : [`Evidence  ${evidence}${leaf === undefined ? '' : ` · leaf ${leaf.toLocaleString('en')} of the audit log`}`]),
    ...(report === undefined ? [] : [`Report    ${report}`]),
    ...(handOver === undefined ? [] : [`Hand-over ${handOver}`]),
  );
  return lines.join('\n');
}

import type { ProcedureOutcome, StepOutcome } from '../../evidence/procedure-model.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { HandOverExtras } from './hand-over-extras.ts';

/** Exact commands by which a run is gone on with. */
export interface Next {
  /** Only while the run can be brought back where it was. */
  readonly resume?: string;
  /** Only while it is under way: what it asks, and how to answer. */
  readonly questions?: string;
  /** Where it would be begun again, and how: first without doing anything. */
  readonly from?: { readonly step: StepOutcome; readonly plan: string; readonly run: string };
  /** Values that were given and cannot be shown: it asks for them. */
  readonly hidden: number;
}

export function whatIsNext(outcome: ProcedureOutcome, extras: HandOverExtras): Next {
  const { run } = outcome;
  const given = outcome.parameters.filter(({ source }) => source === 'given' || source === 'asked');
  const hidden = given.filter(({ value }) => value.includes('[redacted]')).length;
  if (extras.underWay === true) return { questions: `holdfast runs questions ${shellWord(run)}`, hidden: 0 };
  if (extras.interrupted === true) return { resume: `holdfast runs resume ${shellWord(run)}`, hidden: 0 };
  const step = outcome.steps.find(isOpen);
  if (step === undefined) return { hidden: 0 };
  const again = `${extras.again === undefined ? commandOf(outcome) : extras.again.map(wordOrOption).join(' ')} --from ${shellWord(step.id)}`;
  return {
    from: { step, plan: `${again} --dry-run`, run: again },
    hidden: extras.again === undefined ? hidden : 0,
  };
}

/** A step that is to be done still. One that was skipped was decided about; one that was taken back, where the run went on without it. */
export function isOpen({ outcome, answers }: StepOutcome): boolean {
  if (outcome === 'rolled-back') return answers.at(-1)?.choice !== 'skip';
  return outcome === 'unknown' || outcome === 'failed' || outcome === 'cancelled' || outcome === 'not-reached';
}

/** A step that was left out, as somebody decided: to be done still, or given up for good. */
export function isLeftOut(step: StepOutcome): boolean {
  return step.outcome === 'skipped' || (step.outcome === 'rolled-back' && !isOpen(step));
}

/** How it was started, as far as the outcome knows. */
function commandOf({ runbook, targets, parameters }: ProcedureOutcome): string {
  const [only, ...others] = targets;
  const target =
    only !== undefined && others.length === 0 && only.name !== 'local' ? [`--target ${shellWord(only.name)}`] : [];
  const values = parameters
    .filter(({ source, value }) => (source === 'given' || source === 'asked') && !value.includes('[redacted]'))
    .map(({ name, value }) => `--param ${shellWord(`${name}=${value}`)}`);
  return ['holdfast runbook run', shellWord(runbook.path), ...target, ...values].join(' ');
}

function wordOrOption(word: string): string {
  return /^--?[a-z][a-z-]*$/.test(word) ? word : shellWord(word);
}

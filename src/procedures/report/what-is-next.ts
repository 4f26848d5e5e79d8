import type { ProcedureOutcome, StepOutcome } from '../../evidence/procedure-model.ts';
import { shellWord } from '../../evidence/report/shell-word.ts';
import type { HandOverExtras } from './hand-over-extras.ts';

/** Exact commands by which a run is gone on with. */
export interface Next {
  readonly show: string;
  /** Only while the run can be brought back where it was. */
  readonly resume?: string;
  /** Where it would be begun again, and how: first without doing anything. */
  readonly from?: { readonly step: StepOutcome; readonly plan: string; readonly run: string };
  /** Values that were given and cannot be shown: it asks for them. */
  readonly hidden: number;
}

export function whatIsNext(outcome: ProcedureOutcome, extras: HandOverExtras): Next {
  const { run } = outcome;
  const show = `holdfast runs show ${shellWord(run)}`;
  const given = outcome.parameters.filter(({ source }) => source === 'given' || source === 'asked');
  const hidden = given.filter(({ value }) => value.includes('[redacted]')).length;
  if (extras.interrupted === true) return { show, resume: `holdfast runs resume ${shellWord(run)}`, hidden: 0 };
  const step = outcome.steps.find(isOpen);
  if (step === undefined) return { show, hidden: 0 };
  const again = `${extras.again === undefined ? commandOf(outcome) : extras.again.map(wordOrOption).join(' ')} --from ${shellWord(step.id)}`;
  return {
    show,
    from: { step, plan: `${again} --dry-run`, run: again },
    hidden: extras.again === undefined ? hidden : 0,
  };
}

/** A step that is to be done still. One that was skipped was decided about. */
export function isOpen({ outcome }: StepOutcome): boolean {
  return outcome === 'unknown' || outcome === 'failed' || outcome === 'cancelled' || outcome === 'not-reached';
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

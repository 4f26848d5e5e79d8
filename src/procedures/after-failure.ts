import type { TargetOutcome } from '../evidence/procedure-model.ts';
import type { Step } from '../runbooks/types.ts';
import type { Target } from '../targets/types.ts';
import { asked, confirm } from './asked.ts';
import { attemptStep, makeReady, merged, type Tried } from './attempt.ts';
import type { Company, Next } from './company.ts';
import { complete } from './complete.ts';
import type { Entry } from './ledger.ts';
import { type Resolved, resolve } from './plan-step.ts';

/**
 * A failed step stops the run until somebody says what is to be done about it. `again`: the targets on which it is to be tried again, where it
 * failed or was taken back.
 */
export async function afterFailure(
  company: Company,
  step: Step,
  entry: Entry,
  resolved: Resolved,
  { why: whyFailed, failed: where }: Extract<Tried, { readonly ok: false }>,
  attempt: number,
): Promise<Next | { readonly again: readonly string[] }> {
  const { words, world, estate } = company;
  const rollback = rollbackOf(step, world.procedure.steps);
  /** What taking it back did, on each target. */
  const undone: TargetOutcome[] = [];
  let why = whyFailed;
  for (let round = 1; ; round += 1) {
    const again = [...new Set([...where, ...undoneOn(undone)])];
    const failed = entry.targets.filter(({ target }) => where.includes(target));
    const takenBack = entry.outcome === 'rolled-back';
    // What never began, as behind a closed gate, left nothing to take back.
    const began = entry.targets.some(({ outcome }) => outcome !== 'not-started');
    const offered = began && !takenBack ? rollback : undefined;
    const answer = await asked(company, entry, {
      name: `${step.id}:failed-${attempt}${round === 1 ? '' : `-${round}`}`,
      kind: 'failed-step',
      title: words.failed(step.title),
      details: [
        words.because(estate.redact(why)),
        ...failed.flatMap(({ target, stderr }) =>
          stderr === undefined ? [] : [`${target}: ${lastLines(stderr.tail)}`],
        ),
        ...(takenBack ? [words.takenBack] : []),
        ...(offered === undefined ? [] : [words.rollbackIs(estate.redact(offered.text))]),
      ],
      choices: [
        {
          id: 'retry',
          label: resolved.places.targets.length > 1 ? words.choices.retryFailed(again.length) : words.choices.retry,
        },
        { id: 'skip', label: words.choices.skip, reason: 'required' },
        ...(offered === undefined ? [] : [{ id: 'rollback', label: words.choices.rollback }]),
        { id: 'abort', label: words.choices.abort, reason: 'optional' },
      ],
    });
    if (answer.choice === 'retry') return { again };
    if (answer.choice === 'abort') return 'stop';
    if (answer.choice === 'skip') {
      // What was taken back stays so in the record; it is a gap like what was skipped.
      if (!takenBack) entry.outcome = 'skipped';
      return 'go-on';
    }
    if (offered === undefined) return 'stop';
    const back = await takeBack(company, { ...offered, id: `${step.id}~rollback` }, entry, undone, attempt, round);
    if (back === 'stop') return 'stop';
    if (back === 'done') entry.outcome = 'rolled-back';
    else if (back !== 'left') why = back.why;
  }
}

/** Takes a failed step back as any step is done: looked at first, then agreed to. `left`: somebody thought better of it. */
async function takeBack(
  company: Company,
  step: Step,
  entry: Entry,
  undone: TargetOutcome[],
  attempt: number,
  round: number,
): Promise<'done' | 'left' | 'stop' | { readonly why: string }> {
  const { world, values, words, estate } = company;
  if (!(await complete(company, step, entry))) return 'stop';
  const { places, ...rest } = resolve(step, world, values);
  const back = undoneOn(undone);
  const targets = places.targets.filter((target) => !neverBegan(entry, target) && !back.includes(target.name));
  const undo = { ...rest, places: { ...places, targets } };
  const hindrance = await makeReady(company, undo, `${step.id}-${attempt}.${round}`);
  if (hindrance !== undefined) return { why: hindrance };
  const asks = { name: `${step.id}-${attempt}-${round}:confirm`, title: words.takeBack(step.title), step };
  const { next } = await confirm(company, asks, entry, undo);
  if (next !== 'go-on') return next === 'skip' ? 'left' : 'stop';
  // The record of the step keeps how it failed; what was said and kept on the way back belongs to it as well.
  const undoing: Entry = { ...entry, targets: [] };
  try {
    const tried = await attemptStep(company, step, undoing, undo, { id: `${step.id}-${attempt}`, attempt: round });
    return tried.ok ? 'done' : { why: tried.why };
  } catch (thrown) {
    if (undoing.targets.some(({ outcome }) => outcome === 'unknown')) entry.outcome = 'unknown';
    throw thrown;
  } finally {
    undone.splice(0, undone.length, ...merged(undone, undoing.targets));
    entry.undone = { command: estate.redact(undo.shown), targets: [...undone] };
  }
}

function undoneOn(undone: readonly TargetOutcome[]): string[] {
  return undone.filter(({ outcome }) => outcome === 'succeeded').map(({ target }) => target);
}

function neverBegan({ targets }: Entry, { name }: Target): boolean {
  return targets.some(({ target, outcome }) => target === name && outcome === 'not-started');
}

/** The command that takes a step back, as a step of its own: its effects are its own, and it goes through the same gates. */
function rollbackOf(step: Step, steps: readonly Step[]): Step | undefined {
  const { rollback } = step.annotations;
  if (rollback === undefined) return undefined;
  if (rollback.startsWith('#')) return steps.find(({ id }) => id === rollback.slice(1));
  const {
    rollback: _rollback,
    expect: _expect,
    capture: _capture,
    retry: _retry,
    when: _when,
    ...rest
  } = step.annotations;
  return { ...step, text: rollback, annotations: rest };
}

function lastLines(tail: string): string {
  return tail.trimEnd().split('\n').slice(-3).join(' / ');
}

import type { Step } from '../runbooks/types.ts';
import { asked, confirm } from './asked.ts';
import { attemptStep, makeReady } from './attempt.ts';
import type { Company } from './company.ts';
import type { Entry } from './ledger.ts';
import { type Resolved, resolve } from './plan-step.ts';

/** A failed step stops the run until somebody says what is to be done about it. */
export async function afterFailure(
  company: Company,
  step: Step,
  entry: Entry,
  resolved: Resolved,
  why: string,
  attempt: number,
): Promise<'retry' | 'go-on' | 'stop'> {
  const { run, words, world, values, estate } = company;
  const rollback = rollbackOf(step, world.procedure.steps);
  for (let round = 1; ; round += 1) {
    const failed = entry.targets.filter(({ outcome }) => outcome !== 'succeeded');
    const answer = await asked(run, entry, {
      name: `${step.id}:failed-${attempt}${round === 1 ? '' : `-${round}`}`,
      kind: 'failed-step',
      title: words.failed(step.title),
      details: [
        words.because(estate.redact(why)),
        ...failed.flatMap(({ target, stderr }) =>
          stderr === undefined ? [] : [`${target}: ${lastLines(stderr.tail)}`],
        ),
        ...(rollback === undefined ? [] : [words.rollbackIs(estate.redact(rollback.text))]),
      ],
      choices: [
        {
          id: 'retry',
          label: resolved.places.targets.length > 1 ? words.choices.retryFailed(failed.length) : words.choices.retry,
        },
        { id: 'skip', label: words.choices.skip, reason: 'required' },
        ...(rollback === undefined ? [] : [{ id: 'rollback', label: words.choices.rollback }]),
        { id: 'abort', label: words.choices.abort, reason: 'optional' },
      ],
    });
    if (answer.choice === 'retry') return 'retry';
    if (answer.choice === 'abort') return 'stop';
    if (answer.choice === 'skip') {
      entry.outcome = 'skipped';
      return 'go-on';
    }
    if (rollback === undefined) return 'stop';
    const undo = resolve(rollback, world, values);
    const said = await confirm(company, { ...rollback, id: `${step.id}~rollback-${attempt}-${round}` }, entry, undo);
    if (said !== 'go-on') continue;
    const hindrance = await makeReady(company, undo, `${step.id}~rollback-${attempt}.${round}`);
    if (hindrance !== undefined) {
      why = hindrance;
      continue;
    }
    const undone = await attemptStep(company, rollback, entry, undo, {
      id: `${step.id}~rollback-${attempt}`,
      attempt: round,
    });
    if (undone.ok) entry.outcome = 'rolled-back';
    else why = undone.why;
  }
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

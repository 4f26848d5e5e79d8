import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { TargetOutcome } from '../evidence/procedure-model.ts';
import type { Step } from '../runbooks/types.ts';
import type { Target } from '../targets/types.ts';
import type { Company } from './company.ts';
import { keepBefore, requireKeeping } from './keep-before.ts';
import type { Entry } from './ledger.ts';
import { performUntilKnown } from './perform-until-known.ts';
import { destroys, type Resolved } from './plan-step.ts';
import { prove } from './prove.ts';
import { subjectOf } from './subject.ts';
import { whyOnEach } from './summary.ts';

export interface Attempt {
  /** The step's own, or its rollback's. */
  readonly id: string;
  readonly attempt: number;
  /** Only the targets on which it failed before. */
  readonly only?: readonly Target[];
}

export type Tried =
  | { readonly ok: true; readonly captured?: string }
  /** Targets where it failed; `hindered`: where it did not even begin, this time. */
  | { readonly ok: false; readonly why: string; readonly failed: readonly string[]; readonly hindered?: true };

/**
 * Before anybody is asked whether a step may run: its targets have proved who they are, its values can be put in, and what it destroys
 * can be kept. Returns why not.
 */
export async function makeReady(company: Company, resolved: Resolved, name: string): Promise<string | undefined> {
  if (resolved.problems.length > 0) return resolved.problems.join('; ');
  const { targets } = resolved.places;
  try {
    await prove(company, resolved.places, name);
    if (destroys(resolved.effects)) await requireKeeping(company, name, targets);
    return undefined;
  } catch (thrown) {
    return whyOfStep(thrown);
  }
}

/** One attempt at a step on its targets: what must be kept, then the command; looked at again while its outcome is unknown. */
export async function attemptStep(
  company: Company,
  step: Step,
  entry: Entry,
  resolved: Resolved,
  { id, attempt, only }: Attempt,
): Promise<Tried> {
  const { run, estate, world, sessions, words } = company;
  const places = { ...resolved.places, targets: only ?? resolved.places.targets };
  const all = places.targets.map(({ name }) => name);
  entry.attempts = attempt;
  try {
    if (destroys(resolved.effects)) await keepBefore(company, entry, `${id}.${attempt}`, places.targets);
    const { annotations } = step;
    const subject = subjectOf(step, resolved, sessions.proven, world, estate.redact);
    const spec = {
      name: `${id}.${attempt}`,
      title: step.title,
      label: `${id}  ${step.title}`,
      gates: resolved.gates,
      effects: resolved.effects,
      target: `target ${places.name}`,
      subject,
      ...(annotations.approve === undefined ? {} : { approve: annotations.approve }),
    };
    const order = {
      run: run.id,
      id,
      attempt,
      ...places,
      command: resolved.command,
      env: resolved.env,
      timeoutMs: annotations.timeout ?? world.input.timeoutMs,
      ...(annotations.expect === undefined ? {} : { expect: annotations.expect }),
      ...(annotations.capture === undefined ? {} : { capture: annotations.capture }),
    };
    const { targets, captured, settled } = await performUntilKnown(company, entry, spec, order, (done) => {
      entry.startedAt ??= done.startedAt;
      entry.finishedAt = done.finishedAt;
      entry.durationMs += done.durationMs;
      entry.targets = merged(entry.targets, done.result.targets);
    });
    if (settled === 'failed') {
      // With those that failed, or were left alone, beside them.
      const failed = targets.filter(({ outcome }) => outcome !== 'succeeded').map(({ target }) => target);
      return { ok: false, why: words.unknownOutcome(step.title), failed };
    }
    const failed = targets.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'unknown');
    if (failed.length === 0) return { ok: true, ...(captured === undefined ? {} : { captured }) };
    const whys = whyOnEach(failed, world.input.source.site.language);
    const why = `${whys.slice(0, 5).join('; ')}${whys.length > 5 ? '; …' : ''}`;
    return { ok: false, why, failed: failed.map(({ target }) => target) };
  } catch (thrown) {
    return { ok: false, why: whyOfStep(thrown), failed: all, hindered: true };
  }
}

/** What keeps one step from being done, so that somebody may mend it and try again; anything else is the run's. */
const ofStep: ReadonlySet<string> = new Set([
  'gate-closed',
  'approval-denied',
  'approval-expired',
  'approval-impossible',
  'authority-unknown',
  'nothing-kept',
  'capture-secret',
  'output-not-kept',
]);

/** Why the step could not be done, in words for a person; anything else is the run's, and thrown as it is. */
function whyOfStep(thrown: unknown): string {
  const error = toHoldfastError(thrown);
  if (!ofStep.has(error.code) && !error.code.startsWith('target-')) throw thrown;
  return `${error.message} ${error.hint}`;
}

/** What was found now, in the place of what was found before on the same targets. */
export function merged(before: readonly TargetOutcome[], now: readonly TargetOutcome[]): TargetOutcome[] {
  const again = new Set(now.map(({ target }) => target));
  return [...before.filter(({ target }) => !again.has(target)), ...now];
}

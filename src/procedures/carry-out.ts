import { formatDuration } from '../lib/duration.ts';
import type { Step } from '../runbooks/types.ts';
import type { Target } from '../targets/types.ts';
import { afterFailure } from './after-failure.ts';
import { asked, confirm } from './asked.ts';
import { attemptStep, makeReady, type Tried } from './attempt.ts';
import { tellClock } from './clock.ts';
import type { Company, Next } from './company.ts';
import { complete } from './complete.ts';
import type { Entry } from './ledger.ts';
import { resolve, runsByItself } from './plan-step.ts';
import { holds } from './values.ts';

/** Carries out one step: does it, or has a person do it. */
export async function carryOut(company: Company, step: Step): Promise<Next> {
  const entry = company.ledger.entry(step.id);
  const { when } = step.annotations;
  if (when !== undefined && !holds(when, company.values)) {
    entry.outcome = 'not-chosen';
    company.run.note('info', `${step.id}  ${step.title}: not done, it is only for ${when}`);
    return 'go-on';
  }
  const next = step.kind === 'command' ? await command(company, step, entry) : await manual(company, step, entry);
  tellClock(company);
  return next;
}

async function command(company: Company, step: Step, entry: Entry): Promise<Next> {
  const { world, values } = company;
  if (!(await complete(company, step, entry))) return 'stop';
  // Where it is still to be done. What is done on a target is never done there again, unless it was taken back.
  let left: readonly Target[] | undefined;
  let confirmed = false;
  let automatic = step.annotations.retry?.times ?? 0;
  for (let attempt = 1; ; attempt += 1) {
    const resolved = resolve(step, world, values);
    Object.assign(entry, {
      command: company.estate.redact(resolved.shown),
      effects: [...resolved.effects],
      gates: [...resolved.gates],
    });
    const hindrance = await makeReady(company, resolved, `${step.id}.${attempt}`);
    if (hindrance === undefined && !confirmed && !runsByItself(resolved.effects, world.input.auto)) {
      const asks = { name: `${step.id}:confirm`, title: company.words.confirm(step.title), step };
      const { next, at } = await confirm(company, asks, entry, resolved);
      if (next === 'stop') return 'stop';
      if (next === 'skip') {
        Object.assign(entry, { outcome: 'skipped', finishedAt: at });
        return 'go-on';
      }
      confirmed = true;
    }
    const tried =
      hindrance !== undefined
        ? hindered(left ?? resolved.places.targets, hindrance)
        : await attemptStep(company, step, entry, resolved, {
            id: step.id,
            attempt,
            ...(left && { only: left }),
          });
    if (tried.ok) {
      if (step.annotations.capture !== undefined && tried.captured !== undefined) {
        const { name } = step.annotations.capture;
        values.set(name, tried.captured, 'captured');
        entry.captured = { name, value: tried.captured };
      }
      entry.outcome = 'succeeded';
      return 'go-on';
    }
    if (tried.hindered) recordHindrance(entry, tried.failed, company.estate.redact(tried.why));
    const among = (names: readonly string[]) => resolved.places.targets.filter(({ name }) => names.includes(name));
    left = among(tried.failed);
    if (automatic > 0) {
      automatic -= 1;
      await pause(company, step, attempt);
      continue;
    }
    entry.outcome = entry.targets.some(({ outcome }) => outcome === 'cancelled') ? 'cancelled' : 'failed';
    const next = await afterFailure(company, step, entry, resolved, tried, attempt);
    if (typeof next === 'string') return next;
    left = among(next.again);
  }
}

function hindered(targets: readonly Target[], why: string): Tried {
  return { ok: false, why, failed: targets.map(({ name }) => name), hindered: true };
}

/** Why a step could not begin belongs into its record; what an earlier attempt did there stays. */
function recordHindrance(entry: Entry, targets: readonly string[], why: string): void {
  const did = entry.targets.filter(({ target, outcome }) => outcome !== 'not-started' || !targets.includes(target));
  const not = targets.filter((name) => did.every(({ target }) => target !== name));
  const hindered = { outcome: 'not-started', durationMs: 0, attached: false, why } as const;
  entry.targets = [...did, ...not.map((target) => ({ target, ...hindered }))];
}

async function manual(company: Company, step: Step, entry: Entry): Promise<Next> {
  const { words } = company;
  const answer = await asked(company, entry, {
    name: `${step.id}:manual`,
    kind: 'manual-step',
    title: words.manual(step.title),
    details: step.text === step.title ? [] : step.text.split('\n'),
    choices: [
      { id: 'done', label: words.choices.done, reason: 'optional' },
      { id: 'skip', label: words.choices.skip, reason: 'required' },
      { id: 'abort', label: words.choices.abort, reason: 'optional' },
    ],
  });
  if (answer.choice === 'abort') return 'stop';
  entry.outcome = answer.choice === 'skip' ? 'skipped' : 'succeeded';
  entry.finishedAt = answer.at;
  return 'go-on';
}

/** Waits between two attempts that the author asked for. */
async function pause({ run }: Company, step: Step, attempt: number): Promise<void> {
  const ms = step.annotations.retry?.delayMs ?? 0;
  if (ms === 0) return;
  run.note('info', `${step.title}: trying again in ${formatDuration(ms)}`);
  await run.step(
    {
      name: `${step.id}:pause-${attempt}`,
      title: 'Wait before trying again',
      label: `${step.id}  wait`,
      gates: [],
      effects: [],
      target: 'nothing',
    },
    async ({ signal }) => {
      await new Promise<void>((resolved) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolved();
        }
        signal.addEventListener('abort', done, { once: true });
      });
    },
  );
}

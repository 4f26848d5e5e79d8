import type { Bench } from '../engines/types.ts';
import type { HoldfastError } from '../errors/holdfast-error.ts';
import type { Queryable } from '../store/types.ts';
import { admit } from './admit.ts';
import { cleanJson, storedError } from './clean.ts';
import { appendStepLeaf, type Place, recorded } from './place.ts';
import type { StepOutcome } from './step-rows.ts';
import type { StepSpec } from './types.ts';

/**
 * One step, in the one order: ask the gate, record the answer and the start, act, record the end. The record before the act and
 * the record after it are one transaction each, row and leaf together: what is not in the audit log has not acted, and what
 * is recorded as done is in the audit log. Returns `acted: false` with the record when an earlier process had done it.
 */
export async function performStep<Result>(
  place: Place,
  spec: StepSpec<Result>,
  act: (bench: Bench) => Promise<Result>,
): Promise<{ readonly outcome: StepOutcome; readonly acted: boolean }> {
  const { shop, tree } = place;
  const admission = await admit(place, spec);
  if ('outcome' in admission) return { outcome: admission.outcome, acted: false };
  // Cancelled while it waited to be let in: nothing begins any more. What has begun is looked at all the same, or ended.
  const { again, refused } = admission;
  const hindered = tree.cancelled ? tree.cancellation() : refused;
  const error = again && spec.looksFirst === true ? undefined : hindered;
  const found = { again, mayBegin: hindered === undefined };
  const outcome = error === undefined ? await acted(place, spec, act, found) : notActed(place, error);
  // Going down or disowned: whatever the act says now may be the effect of its being stopped.
  if (tree.stopped !== undefined) throw shop.engine.disowned(place.row.id);
  await recorded(place, () => shop.database.transaction((tx) => conclude(tx, place, spec, outcome)));
  shop.report({
    kind: 'step-finished',
    run: place.row.id,
    step: spec.name,
    ...named(spec),
    outcome: outcome.status,
    durationMs: outcome.durationMs,
    summary: outcome.summary,
  });
  return { outcome, acted: true };
}

/** What a step is called where it is shown. */
export function named({ title, label }: Pick<StepSpec<never>, 'title' | 'label'>): { title: string; label?: string } {
  return { title, ...(label === undefined ? {} : { label }) };
}

async function acted<Result>(
  { shop, tree, row }: Place,
  spec: StepSpec<Result>,
  act: (bench: Bench) => Promise<Result>,
  found: Pick<Bench, 'again' | 'mayBegin'>,
): Promise<StepOutcome> {
  const { clock, redact, report } = shop;
  const run = row.id;
  const step = spec.name;
  report({ kind: 'step-started', run, step, ...named(spec) });
  const startedAt = clock.now().toISOString();
  const begun = clock.monotonic();
  const end = () => ({ startedAt, finishedAt: clock.now().toISOString(), durationMs: clock.monotonic() - begun });
  try {
    const result = cleanJson(
      await act({
        ...found,
        signal: tree.signal,
        clock,
        progress: (progress) => report({ kind: 'step-progress', run, step, ...progress }),
        warn: (message) => report({ kind: 'note', level: 'warning', message: redact(message) }),
      }),
      redact,
    );
    const summary = redact(spec.summary?.(result as Result) ?? '');
    const status = spec.failed?.(result as Result) === true ? 'failed' : 'succeeded';
    return { status, ...end(), summary, result, error: null };
  } catch (thrown) {
    const error = storedError(tree.cancelled ? tree.cancellation() : thrown, redact);
    return { status: 'failed', ...end(), summary: error.message, result: null, error };
  }
}

function notActed({ shop }: Place, thrown: HoldfastError): StepOutcome {
  const now = shop.clock.now().toISOString();
  const error = storedError(thrown, shop.redact);
  return {
    status: 'failed',
    startedAt: now,
    finishedAt: now,
    durationMs: 0,
    summary: error.message,
    result: null,
    error,
  };
}

async function conclude<Result>(
  transaction: Queryable,
  place: Place,
  spec: StepSpec<Result>,
  outcome: StepOutcome,
): Promise<void> {
  const { shop, row } = place;
  // Fenced: a process that took the run over while this one was stuck has the say.
  const written = await transaction.query(
    `insert into steps (run, name, status, started_at, finished_at, duration_ms, summary, result, error)
     select id, $2, $3, $4, $5, $6, $7, $8, $9 from runs
     where id = $1 and executor = $10 and status = 'running'
     returning run`,
    [
      row.id,
      spec.name,
      outcome.status,
      outcome.startedAt,
      outcome.finishedAt,
      outcome.durationMs,
      outcome.summary,
      JSON.stringify(outcome.result),
      outcome.error === null ? null : JSON.stringify(outcome.error),
      shop.executor,
    ],
  );
  if (written.length === 0) throw shop.engine.disowned(row.id);
  await appendStepLeaf(transaction, place, spec.name, 'finished', {
    kind: 'step-finished',
    facts: {
      outcome: outcome.status,
      durationMs: Math.round(outcome.durationMs),
      summary: outcome.summary.slice(0, 1000),
      ...(outcome.error === null ? {} : { error: outcome.error.code }),
    },
  });
}

import type { Leaf } from '../audit/types.ts';
import type { Bench } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { authorize } from '../gates/authorize.ts';
import type { Decision } from '../gates/types.ts';
import type { Queryable } from '../store/types.ts';
import { cleanJson, type StoredError, storedError } from './clean.ts';
import type { RunRow } from './run-rows.ts';
import type { Tree } from './tree.ts';
import type { StepSpec } from './types.ts';
import type { Workshop } from './workshop.ts';

/** How a step ended, as it is recorded. */
export interface StepOutcome {
  readonly status: 'succeeded' | 'failed';
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly summary: string;
  readonly result: unknown;
  readonly error: StoredError | null;
}

/** Where a step is taken. */
export interface Place {
  readonly shop: Workshop;
  readonly tree: Tree;
  readonly row: RunRow;
}

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
  const admitted = await recorded(place, () => shop.database.transaction((tx) => admit(tx, place, spec)));
  if ('outcome' in admitted) return { outcome: admitted.outcome, acted: false };
  const outcome = admitted.decision.allowed ? await acted(place, spec, act) : refused(place, spec, admitted.decision);
  // Going down or disowned: whatever the act says now may be the effect of its being stopped.
  if (tree.stopped !== undefined) throw shop.engine.disowned(place.row.id);
  await recorded(place, () => shop.database.transaction((tx) => conclude(tx, place, spec, outcome)));
  shop.report({
    kind: 'step-finished',
    run: place.row.id,
    step: spec.name,
    title: spec.title,
    outcome: outcome.status,
    durationMs: outcome.durationMs,
    summary: outcome.summary,
  });
  return { outcome, acted: true };
}

/** The recorded outcome of a step; undefined when it has none. */
export async function readStep(database: Queryable, run: string, name: string): Promise<StepOutcome | undefined> {
  const [row] = await database.query<StepRow>(
    'select status, started_at, finished_at, duration_ms, summary, result, error from steps where run = $1 and name = $2',
    [run, name],
  );
  return row === undefined ? undefined : asOutcome(row);
}

interface StepRow {
  readonly status: 'succeeded' | 'failed';
  readonly started_at: Date;
  readonly finished_at: Date;
  readonly duration_ms: number;
  readonly summary: string;
  readonly result: unknown;
  readonly error: StoredError | null;
}

function asOutcome(row: StepRow): StepOutcome {
  return {
    status: row.status,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at.toISOString(),
    durationMs: row.duration_ms,
    summary: row.summary,
    result: row.result,
    error: row.error,
  };
}

async function admit<Result>(
  transaction: Queryable,
  { shop, row }: Place,
  spec: StepSpec<Result>,
): Promise<{ readonly outcome: StepOutcome } | { readonly decision: Decision }> {
  const [found] = await transaction.query<{ ours: boolean } & Partial<StepRow>>(
    `select runs.executor = $3 and runs.status = 'running' as ours, steps.status, steps.started_at, steps.finished_at,
            steps.duration_ms, steps.summary, steps.result, steps.error
     from runs left join steps on steps.run = runs.id and steps.name = $2
     where runs.id = $1`,
    [row.id, spec.name, shop.executor],
  );
  if (found?.status != null) return { outcome: asOutcome(found as StepRow) };
  if (found?.ours !== true) throw shop.engine.disowned(row.id);
  const { gates, effects } = spec;
  const target = shop.redact(spec.target);
  const subject = spec.subject ?? { command: '', sha256: '', target, effects };
  const { actor, site } = row;
  const decision = authorize({ actor, site, run: row.id, step: spec.name, gates, effects, target, subject });
  const asked = { gates: [...gates], effects: [...effects], target };
  await append(transaction, shop, row, spec.name, decision.allowed ? 'decision' : 'refused', {
    kind: 'decision',
    facts: { ...asked, allowed: decision.allowed, mode: decision.mode, reason: decision.reason },
  });
  if (decision.allowed) {
    await append(transaction, shop, row, spec.name, 'started', { kind: 'step-started', facts: asked });
  }
  return { decision };
}

async function acted<Result>(
  { shop, tree, row }: Place,
  spec: StepSpec<Result>,
  act: (bench: Bench) => Promise<Result>,
): Promise<StepOutcome> {
  const { clock, redact, report } = shop;
  const run = row.id;
  const step = spec.name;
  report({ kind: 'step-started', run, step, title: spec.title });
  const startedAt = clock.now().toISOString();
  const begun = clock.monotonic();
  const end = () => ({ startedAt, finishedAt: clock.now().toISOString(), durationMs: clock.monotonic() - begun });
  try {
    const result = cleanJson(
      await act({
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

function refused<Result>({ shop }: Place, spec: StepSpec<Result>, decision: Decision): StepOutcome {
  const now = shop.clock.now().toISOString();
  const { name: step, gates, target } = spec;
  const error = storedError(
    new HoldfastError('gate-closed', { step, gate: gates.join(', '), target, reason: decision.reason }),
    shop.redact,
  );
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
  { shop, row }: Place,
  spec: StepSpec<Result>,
  outcome: StepOutcome,
): Promise<void> {
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
  await append(transaction, shop, row, spec.name, 'finished', {
    kind: 'step-finished',
    facts: {
      outcome: outcome.status,
      durationMs: Math.round(outcome.durationMs),
      summary: outcome.summary.slice(0, 1000),
      ...(outcome.error === null ? {} : { error: outcome.error.code }),
    },
  });
}

function append(
  transaction: Queryable,
  { audit, clock }: Workshop,
  row: RunRow,
  step: string,
  event: string,
  leaf: Pick<Leaf, 'kind' | 'facts'>,
): Promise<number> {
  return audit.append(
    { ...leaf, time: clock.now().toISOString(), actor: row.actor.name, run: row.id, step },
    { key: `${row.id}/${step}/${event}`, transaction },
  );
}

/**
 * A record that cannot be written stops the run without an outcome: it is interrupted, and resume looks at the step again. It
 * is never turned into a failure of the step, which may well have acted.
 */
export async function recorded<Value>({ shop, tree, row }: Place, write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    if (!shop.engine.isDisowned(error)) {
      const reason = shop.redact(error instanceof Error ? error.message : String(error));
      tree.stop(new HoldfastError('run-interrupted', { id: tree.root, reason }, { cause: error }));
    } else {
      tree.stop(new HoldfastError('run-active', { id: tree.root }));
    }
    throw shop.engine.disowned(row.id);
  }
}

import type { Queryable } from '../store/types.ts';
import type { StoredError } from './clean.ts';

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

/** What is recorded of all steps of a run, by name: read at once where a run is gone through again, step by step. */
export async function readSteps(database: Queryable, run: string): Promise<Map<string, StepOutcome>> {
  const rows = await database.query<StepRow & { readonly name: string }>(
    'select name, status, started_at, finished_at, duration_ms, summary, result, error from steps where run = $1',
    [run],
  );
  return new Map(rows.map((row) => [row.name, asOutcome(row)]));
}

/** A row of `steps`, without what it is found by. */
export interface StepRow {
  readonly status: 'succeeded' | 'failed';
  readonly started_at: Date;
  readonly finished_at: Date;
  readonly duration_ms: number;
  readonly summary: string;
  readonly result: unknown;
  readonly error: StoredError | null;
}

export function asOutcome(row: StepRow): StepOutcome {
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

import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Database, Queryable } from '../store/types.ts';
import type { StoredError } from './clean.ts';
import { executorAlive } from './executor.ts';
import type { RunFilter, RunRecord, RunStatus, StepRecord } from './types.ts';

/** A row of `runs`. */
export interface RunRow {
  readonly id: string;
  readonly root: string;
  readonly operation: string;
  readonly site: string;
  readonly actor: Actor;
  readonly input: unknown;
  readonly executor: number;
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly cancel_requested_at: Date | null;
  readonly output: unknown;
  readonly error: StoredError | null;
}

/** Throws `run-unknown`. */
export async function readRun(database: Queryable, id: string): Promise<RunRow> {
  const [row] = await database.query<RunRow>('select * from runs where id = $1', [id]);
  if (row === undefined) throw new HoldfastError('run-unknown', { id });
  return row;
}

/** Runs that people started, newest first. One whose process is gone is `interrupted`, whatever its row says. */
export async function listRuns(database: Database, filter: RunFilter): Promise<readonly RunRecord[]> {
  const rows = await database.query<RunRow & { readonly seen: RunStatus }>(
    `select * from (
       select runs.*, ${seenStatus} as seen from runs
       where id = root and ($1::text is null or site = $1) and ($2::text is null or operation = $2)
     ) as listed
     where $3::text is null or seen = $3
     order by started_at desc, id
     limit $4`,
    [filter.site ?? null, filter.operation ?? null, filter.status ?? null, filter.limit ?? 50],
  );
  const steps = await readSteps(
    database,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => asRecord(row, row.seen, steps.get(row.id) ?? []));
}

/** One run with the steps of all its branches. Throws `run-unknown`. */
export async function showRun(database: Database, id: string): Promise<RunRecord> {
  const [row] = await database.query<RunRow & { readonly seen: RunStatus }>(
    `select runs.*, ${seenStatus} as seen from runs where id = $1`,
    [id],
  );
  if (row === undefined) throw new HoldfastError('run-unknown', { id });
  const steps = await readSteps(database, [row.root]);
  const own = (steps.get(row.root) ?? []).filter(({ run }) => run === id || run.startsWith(`${id}/`));
  return asRecord(row, row.seen, own);
}

const seenStatus = `case when status <> 'running' then status when ${executorAlive} then 'running' else 'interrupted' end`;

async function readSteps(database: Queryable, roots: readonly string[]): Promise<Map<string, StepRecord[]>> {
  const rows = await database.query<{
    root: string;
    run: string;
    name: string;
    status: 'succeeded' | 'failed';
    started_at: Date;
    finished_at: Date;
  }>(
    `select runs.root, steps.run, steps.name, steps.status, steps.started_at, steps.finished_at
     from steps join runs on runs.id = steps.run
     where runs.root = any($1)
     order by steps.position`,
    [roots],
  );
  const byRoot = new Map<string, StepRecord[]>();
  for (const { root, run, name, status, started_at, finished_at } of rows) {
    const steps = byRoot.get(root) ?? [];
    steps.push({ run, name, status, startedAt: started_at.toISOString(), finishedAt: finished_at.toISOString() });
    byRoot.set(root, steps);
  }
  return byRoot;
}

function asRecord(row: RunRow, status: RunStatus, steps: readonly StepRecord[]): RunRecord {
  return {
    id: row.id,
    operation: row.operation,
    site: row.site,
    actor: row.actor.name,
    status,
    startedAt: row.started_at.toISOString(),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at.toISOString() }),
    steps,
    ...(row.output === null ? {} : { output: row.output }),
    ...(row.error === null ? {} : { error: { code: row.error.code, message: row.error.message } }),
  };
}

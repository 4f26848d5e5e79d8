import type { Leaf } from '../audit/types.ts';
import type { Actor } from '../gates/types.ts';
import type { Queryable } from '../store/types.ts';
import { revivedError, type StoredError } from './clean.ts';
import { type RunRow, readRun } from './run-rows.ts';
import type { Tree } from './tree.ts';
import type { Workshop } from './workshop.ts';

/** How a run ended, as it is recorded. */
export interface RunEnding {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly output: unknown;
  readonly error: StoredError | null;
}

/** Records a new run with its leaf; false when there already is a run of this id. */
export async function recordStart(
  shop: Workshop,
  run: Pick<RunRow, 'id' | 'root' | 'operation' | 'site' | 'actor' | 'input'>,
): Promise<boolean> {
  return shop.database.transaction(async (transaction) => {
    const now = shop.clock.now().toISOString();
    const written = await transaction.query(
      `insert into runs (id, root, operation, site, actor, input, executor, started_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do nothing
       returning id`,
      [
        run.id,
        run.root,
        run.operation,
        run.site,
        JSON.stringify(run.actor),
        JSON.stringify(run.input),
        shop.executor,
        now,
      ],
    );
    if (written.length === 0) return false;
    await appendRunLeaf(transaction, shop, run, 'started', {
      kind: 'run-started',
      facts: {
        operation: run.operation,
        site: run.site,
        face: run.actor.face,
        actorKind: run.actor.kind,
        holdfast: shop.version,
      },
    });
    return true;
  });
}

/** Records the end of a run with its leaf. False when the run is not this process's any more. */
export async function recordEnd(shop: Workshop, row: RunRow, ending: RunEnding): Promise<boolean> {
  return shop.database.transaction(async (transaction) => {
    const written = await transaction.query(
      `update runs set status = $2, finished_at = $3, output = $4, error = $5
       where id = $1 and executor = $6 and status = 'running'
       returning id`,
      [
        row.id,
        ending.status,
        shop.clock.now().toISOString(),
        JSON.stringify(ending.output),
        ending.error === null ? null : JSON.stringify(ending.error),
        shop.executor,
      ],
    );
    if (written.length === 0) return false;
    await appendRunLeaf(transaction, shop, row, 'finished', {
      kind: 'run-finished',
      facts: { outcome: ending.status, ...(ending.error === null ? {} : { error: ending.error.code }) },
    });
    return true;
  });
}

/** What run `id`, which has ended or runs in this process or is about to, comes to. Rejects with its error. */
export async function awaitOutcome(shop: Pick<Workshop, 'database'>, tree: Tree, id: string): Promise<unknown> {
  const [ended] = await shop.database.query<RunRow>(`select * from runs where id = $1 and status <> 'running'`, [id]);
  if (ended === undefined) await tree.ended(id);
  const row = ended ?? (await readRun(shop.database, id));
  if (row.status === 'succeeded') return row.output;
  if (row.error !== null) throw revivedError(row.error);
  throw tree.cancellation();
}

export function appendRunLeaf(
  transaction: Queryable,
  { audit, clock }: Pick<Workshop, 'audit' | 'clock'>,
  run: { readonly id: string; readonly actor: Actor },
  event: string,
  leaf: Pick<Leaf, 'kind' | 'facts'>,
): Promise<number> {
  return audit.append(
    { ...leaf, time: clock.now().toISOString(), actor: run.actor.name, run: run.id },
    { key: `${run.id}//${event}`, transaction },
  );
}

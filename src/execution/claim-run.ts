import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Queryable } from '../store/types.ts';
import { executorLock } from './executor.ts';
import { appendRunLeaf } from './run-records.ts';
import type { RunRow } from './run-rows.ts';
import type { Workshop } from './workshop.ts';

/**
 * Makes an interrupted run and its branches this process's own, with a leaf that says who brought it back. Of two that try at
 * once one gets `run-active`. Errors: `run-unknown`, `run-active`, `run-not-resumable`.
 */
export async function claimRun(shop: Workshop, root: string, actor: Actor): Promise<RunRow> {
  // The server takes moments to notice that a killed process is gone; whoever resumes at once need not know.
  for (const until = performance.now() + noticeMs; ; ) {
    try {
      return await claim(shop, root, actor);
    } catch (error) {
      const active = error instanceof HoldfastError && error.code === 'run-active';
      if (!active || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const noticeMs = 1000;

async function claim(shop: Workshop, root: string, actor: Actor): Promise<RunRow> {
  return shop.database.transaction(async (transaction) => {
    const row = await lockRun(transaction, root);
    if (row.status !== 'running') throw new HoldfastError('run-not-resumable', { id: root, status: row.status });
    if (!(await executorIsGone(transaction, row.executor))) throw new HoldfastError('run-active', { id: root });
    await transaction.query(`update runs set executor = $2 where root = $1 and status = 'running'`, [
      root,
      shop.executor,
    ]);
    await appendRunLeaf(transaction, shop, { id: root, actor }, `resumed-${shop.executor}`, {
      kind: 'run-resumed',
      facts: { executor: shop.executor, after: row.executor },
    });
    return row;
  });
}

/** The row of a run, held until the transaction ends. Throws `run-unknown`. */
export async function lockRun(transaction: Queryable, id: string): Promise<RunRow> {
  const [row] = await transaction.query<RunRow>('select * from runs where id = $1 for update', [id]);
  if (row === undefined) throw new HoldfastError('run-unknown', { id });
  return row;
}

/** Whether the process of this number is gone; if so its lock is held until the transaction ends. */
export async function executorIsGone(transaction: Queryable, executor: number): Promise<boolean> {
  const [answer] = await transaction.query<{ gone: boolean }>('select pg_try_advisory_xact_lock($1, $2) as gone', [
    executorLock,
    executor,
  ]);
  return answer?.gone === true;
}

import type { AuditLog } from '../audit/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Redact } from '../lib/redact.ts';
import type { Database } from '../store/types.ts';
import { executorIsGone, lockRun } from './claim-run.ts';
import { storedError } from './clean.ts';
import { requestCancel } from './executor.ts';
import { appendRunLeaf } from './run-records.ts';
import { type RunRow, readRun, showRun } from './run-rows.ts';
import type { Tree } from './tree.ts';
import type { RunRecord } from './types.ts';

interface Cancelling {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly trees: ReadonlyMap<string, Tree>;
}

/** How long a process that is told to cancel may take: it kills process trees and removes directories first. */
const limitMs = 30_000;

/** Cancels a run wherever it runs: its own process stops it; where that is gone, it is recorded here. */
export async function cancelRun(context: Cancelling, id: string, actor: Actor): Promise<RunRecord> {
  const { root } = await readRun(context.database, id);
  await request(context, root, actor);
  const until = performance.now() + limitMs;
  for (;;) {
    if (await endedOrOrphan(context, root)) return showRun(context.database, root);
    if (performance.now() > until) throw new HoldfastError('run-not-stopping', { id: root, seconds: limitMs / 1000 });
    // Told again each time: its process may have been between two sessions.
    context.trees.get(root)?.cancel();
    await context.database.query(requestCancel, [root]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function request(context: Cancelling, root: string, actor: Actor): Promise<void> {
  await context.database.transaction(async (transaction) => {
    const row = await lockRun(transaction, root);
    if (row.status !== 'running') throw new HoldfastError('run-ended', { id: root, status: row.status });
    await transaction.query('update runs set cancel_requested_at = coalesce(cancel_requested_at, $2) where id = $1', [
      root,
      context.clock.now().toISOString(),
    ]);
    await appendRunLeaf(transaction, context, { id: root, actor }, 'cancel-requested', {
      kind: 'run-cancel-requested',
      facts: {},
    });
  });
}

/** True when the run has ended; one that nobody runs is ended here, with all its branches. */
async function endedOrOrphan(context: Cancelling, root: string): Promise<boolean> {
  return context.database.transaction(async (transaction) => {
    const row = await lockRun(transaction, root);
    if (row.status !== 'running') return true;
    if (!(await executorIsGone(transaction, row.executor))) return false;
    const error = storedError(new HoldfastError('cancelled', { what: `Run ${root}` }), context.redact);
    const ended = await transaction.query<Pick<RunRow, 'id' | 'actor'>>(
      `update runs set status = 'cancelled', finished_at = $2, error = $3
       where root = $1 and status = 'running'
       returning id, actor`,
      [root, context.clock.now().toISOString(), JSON.stringify(error)],
    );
    for (const run of ended) {
      await appendRunLeaf(transaction, context, run, 'finished', {
        kind: 'run-finished',
        facts: { outcome: 'cancelled', error: 'cancelled' },
      });
    }
    return true;
  });
}

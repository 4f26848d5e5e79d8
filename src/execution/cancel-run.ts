import type { AuditLog } from '../audit/types.ts';
import { HoldfastError, toHoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Report } from '../lib/progress.ts';
import type { Redact } from '../lib/redact.ts';
import type { Database, Queryable } from '../store/types.ts';
import { executorIsGone, lockRun } from './claim-run.ts';
import { storedError } from './clean.ts';
import { requestCancel } from './executor.ts';
import { appendRunLeaf } from './run-records.ts';
import { type RunRow, showRun } from './run-rows.ts';
import type { Tree } from './tree.ts';
import type { RunRecord } from './types.ts';

interface Cancelling {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly report: Report;
  readonly trees: ReadonlyMap<string, Tree>;
  /** Goes on with an interrupted run that is to be cancelled, so that it ends what it left at work elsewhere. */
  readonly bringBack?: () => Promise<void>;
}

/** How long a process that is told to cancel may take: it kills process trees and removes directories first. */
const limitMs = 30_000;

/**
 * Cancels a run, by its root, wherever it runs: its own process stops it; where that is gone, it is brought back to be stopped if it may have
 * left something at work, and recorded here.
 */
export async function cancelRun(context: Cancelling, root: string, actor: Actor): Promise<RunRecord> {
  await request(context, root, actor);
  let { bringBack } = context;
  let until = performance.now() + limitMs;
  for (;;) {
    const state = await stateOf(context, root, bringBack === undefined);
    if (state === 'ended') return showRun(context.database, root);
    if (state === 'orphan' && bringBack !== undefined) {
      const failure = await failureOf(bringBack);
      if (failure !== undefined) await endUnseen(context, root, failure);
      bringBack = undefined;
      until = performance.now() + limitMs;
      continue;
    }
    if (performance.now() > until) throw new HoldfastError('run-not-stopping', { id: root, seconds: limitMs / 1000 });
    // Told again each time: its process may have been between two sessions.
    context.trees.get(root)?.cancel();
    await context.database.query(requestCancel, [root]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Why it did not come to its end; undefined when it did, or when another process took it up first. */
async function failureOf(bringBack: () => Promise<void>): Promise<HoldfastError | undefined> {
  try {
    await bringBack();
    return undefined;
  } catch (thrown) {
    const error = toHoldfastError(thrown);
    return error.code === 'cancelled' || error.code === 'run-active' ? undefined : error;
  }
}

/** Records as cancelled what cannot be brought back, and says that nobody has looked for what it left at work. */
async function endUnseen(context: Cancelling, root: string, { message }: HoldfastError): Promise<void> {
  const ended = await context.database.transaction(async (transaction) => {
    const { status } = await lockRun(transaction, root);
    if (status !== 'running') return false;
    await end(context, transaction, root);
    return true;
  });
  if (!ended) return;
  const said = `What ${root} had begun on its targets was not looked for, and may still run there: ${message}`;
  context.report({ kind: 'note', level: 'warning', message: context.redact(said) });
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

/** Whether the run has ended, or nobody runs it any more. Such a one is ended here if that is wanted, with all its branches. */
async function stateOf(context: Cancelling, root: string, endsOrphan: boolean): Promise<'ended' | 'alive' | 'orphan'> {
  return context.database.transaction(async (transaction) => {
    const row = await lockRun(transaction, root);
    if (row.status !== 'running') return 'ended';
    if (!(await executorIsGone(transaction, row.executor))) return 'alive';
    if (!endsOrphan) return 'orphan';
    await end(context, transaction, root);
    return 'ended';
  });
}

async function end({ audit, clock, redact }: Cancelling, transaction: Queryable, root: string): Promise<void> {
  const error = storedError(new HoldfastError('cancelled', { what: `Run ${root}` }), redact);
  const ended = await transaction.query<Pick<RunRow, 'id' | 'actor'>>(
    `update runs set status = 'cancelled', finished_at = $2, error = $3
     where root = $1 and status = 'running'
     returning id, actor`,
    [root, clock.now().toISOString(), JSON.stringify(error)],
  );
  for (const run of ended) {
    await appendRunLeaf(transaction, { audit, clock }, run, 'finished', {
      kind: 'run-finished',
      facts: { outcome: 'cancelled', error: 'cancelled' },
    });
  }
}

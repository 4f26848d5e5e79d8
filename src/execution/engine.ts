import { AsyncResource } from 'node:async_hooks';
import { Pool, type PoolConfig } from 'pg';

/** What execution uses of DBOS: named workflows that come back after a crash, and steps that are not repeated. */
export interface Engine {
  /** Starts the workflow `name` as run `id`; does nothing when that run is already known to it. */
  begin(name: string, id: string): Promise<void>;
  /** Takes over a run and its branches from a process that is gone, and runs them here. */
  takeOver(root: string): Promise<void>;
  knows(id: string): Promise<boolean>;
  /** Within a workflow: runs `act` unless this run already passed this step. */
  step(name: string, act: () => Promise<void>): Promise<void>;
  /** Thrown within a workflow: it stops here without an outcome, because another process owns it now, or nobody can tell. */
  disowned(id: string): Error;
  isDisowned(error: unknown): boolean;
  /** Whether a step was met where this run, in its earlier life, had another one. */
  isOtherStep(error: unknown): boolean;
  shutdown(waitMs: number): Promise<void>;
}

export interface EngineOptions {
  readonly connection: PoolConfig;
  readonly executor: number;
  readonly workflows: readonly string[];
  /** The body of every workflow. */
  readonly body: (name: string, id: string) => Promise<string>;
}

/** DBOS is one for the whole process: a second launch would quietly use the first one's database. */
let launchedHere = false;

/**
 * Launches DBOS with an executor id of its own, so that it recovers nothing by itself: only `takeOver` brings back what a dead
 * process left. Loaded late, because most commands only read. Its application version is pinned: by default it is a hash of the
 * code, and an upgrade would strand the runs that wait to be resumed.
 */
export async function launchEngine(options: EngineOptions): Promise<Engine> {
  if (launchedHere) throw new TypeError('runs of one data directory at a time: close the others first');
  launchedHere = true;
  const { DBOS } = await import('@dbos-inc/dbos-sdk');
  const { registerInternalQueue } = await import('@dbos-inc/dbos-sdk/eventreceiver');
  const { DBOSUnexpectedStepError, DBOSWorkflowConflictError } = await import('@dbos-inc/dbos-sdk/internal/error');
  const executorID = `executor-${options.executor}`;
  const pool = new Pool({
    max: 8,
    connectionTimeoutMillis: 10_000,
    application_name: 'holdfast durable',
    ...options.connection,
  });
  pool.on('error', () => undefined);
  const registered = new Map(
    options.workflows.map((name) => [
      name,
      DBOS.registerWorkflow(() => options.body(name, DBOS.workflowID ?? ''), { name }),
    ]),
  );
  DBOS.setConfig({
    name: 'holdfast',
    systemDatabasePool: pool,
    applicationVersion: 'holdfast',
    executorID,
    useListenNotify: false,
    logger: silentLogger,
    schedulerPollingIntervalMs: 3_600_000,
    listenQueues: [],
  });
  // A queue that no other process looks at: what is taken over here runs here, where its progress is shown.
  registerInternalQueue(executorID, { minPollingIntervalMs: 50 });
  // Branches are started outside the workflow that asks for them: within it DBOS would tie them to the order of asking, which
  // is not the same each time when several wait for each other.
  const outside = new AsyncResource('holdfast-runs');
  try {
    await oneAtATime(pool, () => DBOS.launch());
  } catch (error) {
    await DBOS.shutdown({ deregister: true }).catch(() => undefined);
    await pool.end();
    launchedHere = false;
    throw error;
  }
  const unfinished = async (root: string): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>(
      `select workflow_uuid as id from dbos.workflow_status
       where (workflow_uuid = $1 or starts_with(workflow_uuid, $1 || '/')) and status in ('PENDING', 'ENQUEUED')`,
      [root],
    );
    return rows.map(({ id }) => id);
  };
  return {
    begin: (name, id) =>
      outside.runInAsyncScope(async () => {
        const workflow = registered.get(name);
        if (workflow === undefined) throw new TypeError(`workflow ${name} is not registered`);
        // Its outcome is read from our own records: nobody waits for the handle.
        await DBOS.startWorkflow(workflow, { workflowID: id })();
      }),
    takeOver: async (root) => {
      await DBOS.resumeWorkflows(await unfinished(root), { queueName: executorID });
    },
    knows: async (id) => (await DBOS.getWorkflowStatus(id)) !== null,
    step: (name, act) => DBOS.runStep(act, { name }),
    disowned: (id) => new DBOSWorkflowConflictError(id),
    isDisowned: (error) => error instanceof DBOSWorkflowConflictError,
    isOtherStep: (error) => error instanceof DBOSUnexpectedStepError,
    shutdown: async (waitMs) => {
      await DBOS.shutdown({ workflowCompletionTimeoutMS: waitMs, deregister: true });
      outside.emitDestroy();
      await pool.end();
      launchedHere = false;
    },
  };
}

/** DBOS logs errors of workflows whole; ours are recorded, redacted, by ourselves. */
const silentLogger = { info: () => undefined, debug: () => undefined, warn: () => undefined, error: () => undefined };

/** Two numbers of Holdfast's own: who launches holds this advisory lock. */
const launchLock = [7_239_404, 1] as const;
const launchLimitMs = 60_000;

/**
 * A launch brings the engine's tables up to date, and of two that do so at once one dies of a deadlock. Whoever waits asks
 * again and again rather than waiting in the database: a statement that waits keeps the other's index from being built.
 */
async function oneAtATime(pool: Pool, launch: () => Promise<void>): Promise<void> {
  const session = await pool.connect();
  try {
    for (const until = performance.now() + launchLimitMs; performance.now() < until; ) {
      const { rows } = await session.query<{ ours: boolean }>('select pg_try_advisory_lock($1, $2) as ours', [
        ...launchLock,
      ]);
      if (rows[0]?.ours === true) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await launch();
  } finally {
    // Ending the session gives the lock back.
    session.release(true);
  }
}

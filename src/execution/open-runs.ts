import { setTimeout as delay } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import type { AuditLog } from '../audit/types.ts';
import { HoldfastError, toHoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Clock } from '../lib/clock.ts';
import { newRunId } from '../lib/ids.ts';
import type { Report } from '../lib/progress.ts';
import type { Redact } from '../lib/redact.ts';
import type { Database } from '../store/types.ts';
import { answerQuestion } from './answer.ts';
import { cancelRun } from './cancel-run.ts';
import { claimRun } from './claim-run.ts';
import { cleanJson, storedError } from './clean.ts';
import { type Engine, launchEngine } from './engine.ts';
import { Executor } from './executor.ts';
import { LiveRun } from './live-run.ts';
import { noteQuestion } from './note-question.ts';
import { QuestionDesk } from './question-desk.ts';
import { listQuestions } from './question-rows.ts';
import { awaitOutcome, recordEnd, recordStart } from './run-records.ts';
import { listRuns, type RunRow, readRun, showRun } from './run-rows.ts';
import { Tree } from './tree.ts';
import { type AnyWorkflow, CannotGoOn, type RunHandle, type Runs, type Workflow } from './types.ts';
import type { Workshop } from './workshop.ts';

export interface RunsOptions {
  readonly database: Database & { readonly connection: ClientConfig };
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly report: Report;
  readonly redact: Redact;
  /** Every kind of run, branches included: what is not listed cannot be brought back. */
  readonly workflows: readonly AnyWorkflow[];
  /** Who acts, where a call does not say. */
  readonly actor: Actor;
  /** Told of every secret that somebody answers with, before anything is recorded: it is redacted from then on. */
  readonly remember?: (secret: string) => void;
  /** Aborted by Ctrl-C: everything that runs here is cancelled, and recorded so. */
  readonly signal: AbortSignal;
  /** Version of Holdfast: the audit log says which one started a run. */
  readonly applicationVersion: string;
}

/** How long closing waits for what it stopped. */
const closeLimitMs = 10_000;

/**
 * Opens the durable work of a data directory. Reading costs nothing more; the first run that is started or resumed makes this
 * process an executor and launches DBOS, of which a process has one: open it once.
 */
export function openRuns(options: RunsOptions): Runs {
  const { database, clock, actor: owner } = options;
  const workflows = new Map(options.workflows.map((workflow) => [workflow.name, workflow]));
  const trees = new Map<string, Tree>();
  const desk = new QuestionDesk();
  let launched: Promise<Launched> | undefined;

  const cancelAll = (): void => {
    for (const tree of trees.values()) tree.cancel();
  };
  options.signal.addEventListener('abort', cancelAll);

  /** One at a time: a process that lost its session becomes a new executor, after the old one is gone. */
  const launch = (): Promise<Launched> => {
    const before = launched?.catch(() => undefined) ?? Promise.resolve(undefined);
    launched = before.then(async (old) => {
      if (old?.executor.lost === false) return old;
      if (old !== undefined) await dispose(old);
      return launchHere(options, workflows, trees, desk);
    });
    return launched;
  };

  const handle = <Output>(shop: Workshop, tree: Tree, id: string): RunHandle<Output> => ({
    id,
    result: async () => {
      try {
        return (await awaitOutcome(shop, tree, id)) as Output;
      } finally {
        await publish(options);
      }
    },
  });

  const runs: Runs = {
    async start<Input, Output>(
      workflow: Workflow<Input, Output>,
      input: Input,
      { site, id = newRunId(workflow.name, clock.now()), actor = owner }: Parameters<Runs['start']>[2],
    ) {
      if (!workflows.has(workflow.name))
        throw new HoldfastError('run-unknown-workflow', { id, workflow: workflow.name });
      if (options.signal.aborted) throw new HoldfastError('cancelled', { what: `Run ${id}` });
      const { shop, engine } = await launch();
      const run = { id, root: id, operation: workflow.name, site, actor, input: cleanJson(input, options.redact) };
      const tree = new Tree(id);
      if (!(await recordStart(shop, run))) throw new HoldfastError('run-id-taken', { id });
      trees.set(id, tree);
      if (options.signal.aborted) tree.cancel();
      await tree.unlessStopped(engine.begin(workflow.name, id));
      return handle<Output>(shop, tree, id);
    },

    async resume(id, actor = owner) {
      const { root, operation } = await readRun(database, id);
      if (!workflows.has(operation)) throw new HoldfastError('run-unknown-workflow', { id, workflow: operation });
      const { shop, engine } = await launch();
      const row = await claimRun(shop, root, actor);
      const tree = new Tree(root, { resumed: true });
      trees.set(root, tree);
      if (row.cancel_requested_at !== null || options.signal.aborted) tree.cancel();
      // Killed between its record and its start, a run is unknown to the engine.
      const known = await tree.unlessStopped(engine.knows(root));
      await tree.unlessStopped(known ? engine.takeOver(root) : engine.begin(row.operation, root));
      return handle(shop, tree, root);
    },

    list: (filter = {}) => listRuns(database, filter),
    show: (id) => showRun(database, id),
    async cancel(id, actor = owner) {
      const { root, operation } = await readRun(database, id);
      const bringBack = async () => void (await (await runs.resume(root, actor)).result());
      const outlives = workflows.get(operation)?.outlives === true;
      return cancelRun({ ...options, trees, ...(outlives ? { bringBack } : {}) }, root, actor);
    },
    questions: (run) => listQuestions(database, run),
    answer: (run, question, answer, actor = owner) =>
      answerQuestion({ ...options, desk }, run, question, answer, actor),
    noteQuestion: (run, question, note, actor = owner) =>
      noteQuestion({ ...options, desk }, run, question, note, actor),

    async close() {
      options.signal.removeEventListener('abort', cancelAll);
      if (launched === undefined) return;
      const closing = launched;
      launched = undefined;
      const here = await closing.catch(() => undefined);
      for (const tree of trees.values()) {
        tree.stop(new HoldfastError('run-interrupted', { id: tree.root, reason: 'Holdfast is going down.' }));
      }
      if (here !== undefined) await dispose(here);
    },
  };
  return runs;
}

async function dispose({ engine, executor, bodies }: Launched): Promise<void> {
  // What was stopped ends its processes and removes its directories first.
  await Promise.race([Promise.allSettled(bodies), delay(closeLimitMs, undefined, { ref: false })]);
  // Without its session the store is gone, and with it what the engine would wait for.
  await engine.shutdown(executor.lost ? 0 : 2000);
  await executor.leave();
}

/** At the end of each run its leaves get a signed checkpoint. What keeps them from it does not undo the run: it is told. */
async function publish({ audit, report, redact }: RunsOptions): Promise<void> {
  try {
    await audit.publish();
  } catch (error) {
    const { message, hint } = toHoldfastError(error);
    report({
      kind: 'note',
      level: 'warning',
      message: redact(`The audit log could not be published: ${message} ${hint}`),
    });
  }
}

interface Launched {
  readonly shop: Workshop;
  readonly engine: Engine;
  readonly executor: Executor;
  /** What is under way in this process. */
  readonly bodies: ReadonlySet<Promise<unknown>>;
}

async function launchHere(
  options: RunsOptions,
  workflows: ReadonlyMap<string, AnyWorkflow>,
  trees: Map<string, Tree>,
  desk: QuestionDesk,
): Promise<Launched> {
  const { database, audit, clock, report, redact } = options;
  const executor = await Executor.enter(database.connection, {
    cancel: (root) => trees.get(root)?.cancel(),
    lost: (error) => {
      for (const tree of trees.values()) tree.stop(error);
    },
  });
  const live: { shop?: Workshop } = {};
  const bodies = new Set<Promise<unknown>>();
  const launching = launchEngine({
    connection: database.connection,
    executor: executor.number,
    workflows: [...workflows.keys()],
    body: async (name, id) => {
      const { shop } = live;
      const workflow = workflows.get(name);
      if (shop === undefined || workflow === undefined) throw new TypeError(`no workflow ${name}`);
      const body = runBody(shop, workflow, trees, id);
      bodies.add(body);
      return body.finally(() => bodies.delete(body));
    },
  });
  const engine = await launching.catch(async (error: unknown) => {
    await executor.leave();
    throw error;
  });
  const version = options.applicationVersion;
  const shop = { database, audit, clock, report, redact, engine, desk, version, executor: executor.number };
  live.shop = shop;
  return { shop, engine, executor, bodies };
}

/** The body of every workflow: from the record of a run to the record of its end. */
async function runBody(shop: Workshop, workflow: AnyWorkflow, trees: Map<string, Tree>, id: string): Promise<string> {
  let tree: Tree | undefined;
  try {
    const row = await readRun(shop.database, id);
    tree = trees.get(row.root);
    if (tree === undefined) throw shop.engine.disowned(id);
    if (row.status !== 'running') return row.status;
    shop.report({ kind: 'run-started', run: id, operation: row.operation, title: id });
    const ending = await executed(shop, workflow, tree, row);
    if (tree.stopped !== undefined || !(await recordEnd(shop, row, ending))) throw shop.engine.disowned(id);
    shop.report({ kind: 'run-finished', run: id, outcome: ending.status });
    return ending.status;
  } catch (error) {
    const reason = shop.redact(toHoldfastError(error).message);
    tree?.stop(new HoldfastError('run-interrupted', { id: tree.root, reason }, { cause: error }));
    // Not an outcome of the run: the engine must not keep one, or it could not be resumed.
    throw shop.engine.disowned(id);
  } finally {
    tree?.settle(id);
    if (tree?.root === id) trees.delete(id);
  }
}

async function executed(
  shop: Workshop,
  workflow: AnyWorkflow,
  tree: Tree,
  row: RunRow,
): Promise<Parameters<typeof recordEnd>[2]> {
  const run = new LiveRun(shop, tree, row);
  let ending: Parameters<typeof recordEnd>[2];
  try {
    const output = cleanJson(await workflow.execute(run, row.input), shop.redact);
    ending = { status: 'succeeded', output, error: null };
  } catch (thrown) {
    if (thrown instanceof CannotGoOn) {
      tree.stop(thrown.reason);
      throw shop.engine.disowned(row.id);
    }
    const error = storedError(thrown, shop.redact);
    ending = { status: error.code === 'cancelled' ? 'cancelled' : 'failed', output: null, error };
  }
  await run.branchesEnded();
  // A workflow may make a result of the errors of its parts; once it was cancelled, that is no result.
  if (tree.cancelled)
    ending = { status: 'cancelled', output: null, error: storedError(tree.cancellation(), shop.redact) };
  return ending;
}

import type { Bench } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { ask } from './ask.ts';
import { cleanJson, revivedError } from './clean.ts';
import { named, performStep } from './perform-step.ts';
import { awaitOutcome, recordStart } from './run-records.ts';
import type { RunRow } from './run-rows.ts';
import { readSteps, type StepOutcome } from './step-rows.ts';
import type { Tree } from './tree.ts';
import type { Answer, Branch, Done, Question, Run, StepSpec, Workflow } from './types.ts';
import type { Workshop } from './workshop.ts';

/** A run under way in this process: what its workflow is given. */
export class LiveRun implements Run {
  readonly id: string;
  readonly operation: string;
  readonly actor: string;
  readonly #shop: Workshop;
  readonly #tree: Tree;
  readonly #row: RunRow;
  readonly #names = new Set<string>();
  readonly #branches: string[] = [];
  /** What an earlier life of Holdfast did, read when the first of it is met. */
  #before: Promise<Map<string, StepOutcome>> | undefined;

  constructor(shop: Workshop, tree: Tree, row: RunRow) {
    this.id = row.id;
    this.operation = row.operation;
    this.actor = row.actor.name;
    this.#shop = shop;
    this.#tree = tree;
    this.#row = row;
  }

  get signal(): AbortSignal {
    return this.#tree.signal;
  }

  get ending(): boolean {
    return this.#tree.cancelWanted;
  }

  async step<Result>(spec: StepSpec<Result>, act: (bench: Bench) => Promise<Result>): Promise<Done<Result>> {
    this.#takeName(spec.name);
    if (spec.begunBy === undefined || this.#tree.stopped !== undefined) this.#tree.throwIfOver();
    const { engine, report } = this.#shop;
    const place = { shop: this.#shop, tree: this.#tree, row: this.#row };
    let performing: ReturnType<typeof performStep> | undefined;
    let performed: Awaited<ReturnType<typeof performStep>> | undefined;
    const stepping = engine.step(spec.name, async () => {
      this.#tree.caughtUp();
      performing = performStep(place, spec, act);
      performed = await performing;
    });
    try {
      await this.#tree.unlessStopped(stepping);
    } catch (error) {
      if (!engine.isOtherStep(error)) throw error;
      // Not a failure of the run: the version that began it can still bring it to its end.
      const changed = new HoldfastError('run-changed', { id: this.#tree.root, step: spec.name }, { cause: error });
      this.#tree.stop(changed);
      throw changed;
    } finally {
      // Stopped or not, what the act had started is ended before the step is left.
      await performing?.catch(() => undefined);
    }
    const outcome = performed?.outcome ?? (await this.#doneBefore(spec.name));
    if (outcome === undefined) throw new TypeError(`step ${spec.name} of ${this.id} is done and has no record`);
    if (performed?.acted !== true) {
      const { durationMs, summary } = outcome;
      report({
        kind: 'step-finished',
        run: this.id,
        step: spec.name,
        ...named(spec),
        outcome: 'replayed',
        durationMs,
        summary,
      });
    }
    if (outcome.error !== null) throw revivedError(outcome.error);
    const { startedAt, finishedAt, durationMs } = outcome;
    return { result: outcome.result as Result, startedAt, finishedAt, durationMs };
  }

  async branch<Input, Output>(name: string, workflow: Workflow<Input, Output>, input: Input): Promise<Branch<Output>> {
    this.#takeName(`${name}/`);
    this.#tree.throwIfOver();
    const { engine, redact } = this.#shop;
    const id = `${this.id}/${name}`;
    const { root, site, actor } = this.#row;
    // A replay finds the branch recorded and begun, and only waits for it.
    await recordStart(this.#shop, { id, root, operation: workflow.name, site, actor, input: cleanJson(input, redact) });
    this.#tree.begun(id);
    this.#branches.push(id);
    await this.#tree.unlessStopped(engine.begin(workflow.name, id));
    return { id, result: async () => (await awaitOutcome(this.#shop, this.#tree, id)) as Output };
  }

  async waitFor(run: string): Promise<void> {
    this.#tree.throwIfOver();
    await awaitOutcome(this.#shop, this.#tree, run);
  }

  async ask(question: Question): Promise<Answer> {
    this.#takeName(`?${question.name}`);
    this.#tree.throwIfOver();
    return ask({ shop: this.#shop, tree: this.#tree, row: this.#row }, question);
  }

  note(level: 'info' | 'warning', message: string): void {
    this.#shop.report({ kind: 'note', level, message: this.#shop.redact(message) });
  }

  /** A run does not end before its branches have: what would they belong to? */
  async branchesEnded(): Promise<void> {
    this.#tree.startsNoMore(this.id);
    await Promise.allSettled(this.#branches.map((id) => awaitOutcome(this.#shop, this.#tree, id)));
  }

  async #doneBefore(step: string): Promise<StepOutcome | undefined> {
    this.#before ??= readSteps(this.#shop.database, this.id);
    const done = await this.#before;
    const outcome = done.get(step);
    // Each is asked for once.
    done.delete(step);
    return outcome;
  }

  #takeName(step: string): void {
    if (this.#names.has(step)) throw new HoldfastError('step-repeated-name', { run: this.id, step });
    this.#names.add(step);
  }
}

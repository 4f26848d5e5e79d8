import type { Bench } from '../engines/types.ts';
import type { Effect, Gate } from '../gates/types.ts';

/** What one durable step is, before it runs. */
export interface StepSpec<Result> {
  /** Unique within its run and the same each time the workflow is replayed: `fetch`, `copy:ring`. */
  readonly name: string;
  readonly title: string;
  readonly gate: Gate;
  readonly effects: readonly Effect[];
  /** What it acts on, without secrets. */
  readonly target: string;
  /** One line about the result for a person: `332 MB from ring`. */
  readonly summary?: (result: Result) => string;
}

/** When a step ran, for the timeline in evidence. */
export interface StepTimes {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
}

/**
 * A run under way. A step that finished is never repeated: after a crash its recorded result is returned instead. A step
 * that was under way when Holdfast died is run again, so each step must first look at what an earlier attempt left.
 */
export interface Run {
  readonly id: string;
  readonly operation: string;
  readonly actor: string;
  readonly signal: AbortSignal;
  /**
   * Asks the gate, writes the audit leaves, runs `act`, records its result (JSON) durably. Throws what `act` throws, as a
   * HoldfastError, also on replay. Steps of one run must be awaited one after the other; for parallel work use `branch`.
   */
  step<Result>(spec: StepSpec<Result>, act: (bench: Bench) => Promise<Result>): Promise<Done<Result>>;
  /** Starts another workflow under this one, with a durable run of its own whose id is `<this id>/<name>`. Await the returned handles in any order. */
  branch<Input, Output>(name: string, workflow: Workflow<Input, Output>, input: Input): Promise<Branch<Output>>;
  note(level: 'info' | 'warning', message: string): void;
}

export interface Done<Result> extends StepTimes {
  readonly result: Result;
}

export interface Branch<Output> {
  readonly id: string;
  /** Rejects with the branch's HoldfastError. */
  result(): Promise<Output>;
}

/** A durable piece of work. Input and output are JSON and hold no secrets: secrets are references, read when needed. */
export interface Workflow<Input, Output> {
  /** Permanent: runs in the store are found by it. */
  readonly name: string;
  execute(run: Run, input: Input): Promise<Output>;
}

export type RunStatus = 'running' | 'interrupted' | 'succeeded' | 'failed' | 'cancelled';

/** A run as `holdfast runs list` shows it. `interrupted`: the process that ran it is gone; `runs resume` goes on. */
export interface RunRecord {
  readonly id: string;
  readonly operation: string;
  readonly site: string;
  readonly actor: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly steps: readonly StepRecord[];
  readonly output?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface StepRecord {
  readonly run: string;
  readonly name: string;
  readonly status: 'succeeded' | 'failed';
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

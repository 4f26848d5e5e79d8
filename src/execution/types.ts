import type { Bench } from '../engines/types.ts';
import type { HoldfastError } from '../errors/holdfast-error.ts';
import type { Actor, Effect, Gate, Subject } from '../gates/types.ts';
import type { Question } from '../lib/question.ts';

/** What one durable step is, before it runs. */
export interface StepSpec<Result> {
  /** Unique within its run and the same each time the workflow is replayed: `fetch`, `copy:ring`. */
  readonly name: string;
  readonly title: string;
  /** What it is called on a line of progress, where its name alone says too little. */
  readonly label?: string;
  /** Every gate that must be open. Empty only where there is no effect. */
  readonly gates: readonly Gate[];
  readonly effects: readonly Effect[];
  /** What it acts on, without secrets. */
  readonly target: string;
  /** What an approval of it is bound to. Without it: the step's name, its run's operation and input, target and effects. */
  readonly subject?: Subject;
  /** Approvals asked for beyond the site's policy. */
  readonly approve?: { readonly need: number; readonly roles: readonly string[] };
  /**
   * After a crash it finds out what became of it, without beginning it: so it is called for that even when its gate was closed since, and
   * when the run was cancelled, to end what it left.
   */
  readonly looksFirst?: boolean;
  /** The step of this run that began what this one only looks at: as after a crash, with what was agreed to then, and in a run that is cancelled, to end it. */
  readonly begunBy?: string;
  /** Whether what was returned counts as a failure of the step. It is recorded so, and its result is returned all the same. */
  readonly failed?: (result: Result) => boolean;
  /** One line about the result for a person: `332 MB from ring`. */
  readonly summary?: (result: Result) => string;
}

export type { Question };

export interface Answer {
  readonly choice: string;
  readonly reason?: string;
  /** The text asked for, or what had to be typed. A secret one is here in the process that was told it, and nowhere else. */
  readonly value?: string;
  /** A secret was given: after a crash this is all that is known of it. */
  readonly secret?: true;
  /** Files that were shown as proof of a manual step: kept in the data directory, named by hash. */
  readonly attachments?: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly by: string;
  readonly at: string;
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
  /** It was brought back only to be ended: what was under way is found and ended, and nothing begins any more. */
  readonly ending: boolean;
  /**
   * Asks the gate, writes the audit leaves, runs `act`, records its result (JSON) durably. Throws what `act` throws, as a
   * HoldfastError, also on replay. Steps of one run must be awaited one after the other; for parallel work use `branch`.
   */
  step<Result>(spec: StepSpec<Result>, act: (bench: Bench) => Promise<Result>): Promise<Done<Result>>;
  /** Starts another workflow under this one, with a durable run of its own whose id is `<this id>/<name>`. Await the returned handles in any order. */
  branch<Input, Output>(name: string, workflow: Workflow<Input, Output>, input: Input): Promise<Branch<Output>>;
  /** Waits until another run has succeeded, also across a crash; rejects with its error when it failed. */
  waitFor(run: string): Promise<void>;
  /** Asks a person and waits for as long as it takes. The answer is recorded, with a leaf in the audit log; a replay has it. */
  ask(question: Question): Promise<Answer>;
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

/** Thrown by a workflow that cannot go on in this process, for `reason`: that is no outcome of the run, and it can be resumed. */
export class CannotGoOn extends Error {
  readonly reason: HoldfastError;

  constructor(reason: HoldfastError) {
    super(reason.message, { cause: reason });
    this.reason = reason;
  }
}

/** A durable piece of work. Input and output are JSON and hold no secrets: secrets are references, read when needed. */
export interface Workflow<Input, Output> {
  /** Permanent: runs in the store are found by it. */
  readonly name: string;
  /** What its steps start goes on without Holdfast: an interrupted run is brought back to be cancelled, so that nothing is left at work. */
  readonly outlives?: true;
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

/** A question without an answer yet. */
export interface OpenQuestion extends Question {
  readonly run: string;
  readonly askedAt: string;
  /** What others have said to it, oldest first. */
  readonly notes: readonly QuestionNote[];
}

/** Said to a question by somebody who may not, or will not, decide it. */
export interface QuestionNote {
  readonly by: string;
  readonly kind: Actor['kind'];
  readonly at: string;
  readonly note: string;
}

/** Any workflow, as a list of them holds it: its own input and output are known where it is started. */
// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs of different workflows have no common type
export type AnyWorkflow = Workflow<any, any>;

/** A run that was started or resumed in this process. */
export interface RunHandle<Output> {
  readonly id: string;
  /** Rejects with the run's HoldfastError; `cancelled` when it was cancelled, `store-lost` when the store went away under it. */
  result(): Promise<Output>;
}

export interface RunFilter {
  readonly site?: string;
  readonly operation?: string;
  readonly status?: RunStatus;
  /** Newest first; default 50. */
  readonly limit?: number;
}

/** All durable work of one data directory. */
export interface Runs {
  /** Records the run, then starts it here. Errors: `run-id-taken`. */
  start<Input, Output>(
    workflow: Workflow<Input, Output>,
    input: Input,
    options: { readonly site: string; readonly id?: string; readonly actor?: Actor },
  ): Promise<RunHandle<Output>>;
  /** Goes on with an interrupted run and its branches in this process. Errors: `run-unknown`, `run-active`, `run-not-resumable`. */
  resume(id: string, actor?: Actor): Promise<RunHandle<unknown>>;
  list(filter?: RunFilter): Promise<readonly RunRecord[]>;
  /** One run with the steps of all its branches. Errors: `run-unknown`. */
  show(id: string): Promise<RunRecord>;
  /** Returns when the run is recorded as cancelled. Errors: `run-unknown`, `run-ended`, `run-not-stopping`. */
  cancel(id: string, actor?: Actor): Promise<RunRecord>;
  /** Questions that wait for an answer, oldest first; of one run, or of all. */
  questions(run?: string): Promise<readonly OpenQuestion[]>;
  /** Answers one, once. Errors: `run-unknown`, `question-unknown`, `question-answered`, `answer-not-allowed`, `answer-too-late`. */
  answer(run: string, question: string, answer: Omit<Answer, 'by' | 'at' | 'secret'>, actor?: Actor): Promise<Answer>;
  /** Adds a note to a question that waits, and answers nothing: also an AI assistant may. Errors: as `answer`. */
  noteQuestion(run: string, question: string, note: string, actor?: Actor): Promise<QuestionNote>;
  /** Cancels nothing: what runs here is interrupted, and can be resumed. */
  close(): Promise<void>;
}

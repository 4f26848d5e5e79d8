import { HoldfastError } from '../errors/holdfast-error.ts';

/** A run and its branches, as far as they run in this process: they are stopped together. */
export class Tree {
  readonly root: string;
  readonly #controller = new AbortController();
  readonly #endings = new Map<string, Ending>();
  readonly #stopListeners = new Set<() => void>();
  readonly #begun = new Set<string>();
  readonly #complete = new Set<string>();
  /** False while a run that was brought back only reads what an earlier life of Holdfast did. */
  #live: boolean;
  #cancelWanted = false;
  #cancelled = false;
  #stopped: HoldfastError | undefined;

  constructor(root: string, { resumed = false } = {}) {
    this.root = root;
    this.#live = !resumed;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Somebody wants it to end: it is recorded as cancelled. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Somebody wants it to end, though it may still be reading its records: nothing begins any more. */
  get cancelWanted(): boolean {
    return this.#cancelWanted;
  }

  /** Why it may not go on in this process, though it has not ended: nothing more is recorded here. */
  get stopped(): HoldfastError | undefined {
    return this.#stopped;
  }

  /**
   * Cancels it. One that was brought back first reads its records to their end: what was under way there has to be found before it can
   * be ended.
   */
  cancel(): void {
    this.#cancelWanted = true;
    if (!this.#live || this.#cancelled || this.#stopped !== undefined) return;
    this.#cancelled = true;
    this.#controller.abort(this.cancellation());
  }

  /** The records have been read to their end: what comes now is done in this process. */
  caughtUp(): void {
    this.#live = true;
    if (this.#cancelWanted) this.cancel();
  }

  stop(error: HoldfastError): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = error;
    this.#controller.abort(error);
    for (const ending of this.#endings.values()) ending.reject(error);
    for (const listener of this.#stopListeners) listener();
  }

  /** Waits for `work`, but no longer than this process may go on: the engine asks a store that is gone again and again. */
  async unlessStopped<Value>(work: Promise<Value>): Promise<Value> {
    work.catch(() => undefined);
    let onStop: (() => void) | undefined;
    try {
      return await Promise.race([
        work,
        new Promise<never>((_resolve, reject) => {
          onStop = () => {
            if (this.#stopped !== undefined) reject(this.#stopped);
          };
          this.#stopListeners.add(onStop);
          onStop();
        }),
      ]);
    } finally {
      if (onStop !== undefined) this.#stopListeners.delete(onStop);
    }
  }

  /** Throws when nothing new may begin. */
  throwIfOver(): void {
    if (this.#stopped !== undefined) throw this.#stopped;
    if (this.#cancelled) throw this.cancellation();
  }

  cancellation(): HoldfastError<'cancelled'> {
    return new HoldfastError('cancelled', { what: `Run ${this.root}` });
  }

  /** Resolves when the outcome of run `id` is in the store; rejects when this process cannot bring it about. */
  ended(id: string): Promise<void> {
    return this.#ending(id).promise;
  }

  settle(id: string): void {
    this.#ending(id).resolve();
  }

  begun(id: string): void {
    this.#begun.add(id);
  }

  /** Run `id` starts no more branches: who waits for one that never began would wait for ever. */
  startsNoMore(id: string): void {
    this.#complete.add(id);
    for (const [waited, ending] of this.#endings) this.#refuseNeverBegun(waited, ending);
  }

  #refuseNeverBegun(id: string, ending: Ending): void {
    const parent = id.slice(0, id.lastIndexOf('/'));
    if (this.#complete.has(parent) && !this.#begun.has(id)) ending.reject(new HoldfastError('run-unknown', { id }));
  }

  #ending(id: string): Ending {
    const known = this.#endings.get(id);
    if (known !== undefined) return known;
    const ending = newEnding();
    this.#endings.set(id, ending);
    if (this.#stopped !== undefined) ending.reject(this.#stopped);
    this.#refuseNeverBegun(id, ending);
    return ending;
  }
}

interface Ending {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: HoldfastError) => void;
}

function newEnding(): Ending {
  let resolve: () => void = () => undefined;
  let reject: (error: HoldfastError) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // Nobody need be waiting.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

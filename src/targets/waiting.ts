/** Timers of Node go wrong beyond this, nearly 25 days. */
const longestTimerMs = 2 ** 31 - 1;

/** Why a command was ended before its end. */
export type Ending = 'timed-out' | 'cancelled';

/** The limit of a command and its cancellation, as one signal. Whatever is waited for, it is not waited for beyond it. */
export class Over {
  readonly signal: AbortSignal;
  readonly #cancelled: AbortSignal;
  readonly #limit = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #happened: Promise<undefined>;

  constructor(cancelled: AbortSignal, limitMs: number) {
    this.#cancelled = cancelled;
    this.signal = AbortSignal.any([cancelled, this.#limit.signal]);
    this.#timer = setTimeout(() => this.#limit.abort(), Math.max(0, Math.min(limitMs, longestTimerMs)));
    this.#happened = new Promise((resolve) => {
      if (this.signal.aborted) resolve(undefined);
      else this.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  }

  get why(): Ending {
    return this.#cancelled.aborted ? 'cancelled' : 'timed-out';
  }

  /** What `awaited` gives, or undefined when it is over before. */
  async race<Result>(awaited: Promise<Result>): Promise<Result | undefined> {
    // What comes of it later interests nobody.
    awaited.catch(() => undefined);
    return await Promise.race([awaited, this.#happened]);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Wakes one waiter, or lets the next not wait at all. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async heard(limitMs: number): Promise<void> {
    if (!this.#rung && limitMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#rung = false;
  }
}

import { HoldfastError } from '../errors/holdfast-error.ts';

/** The two things that the signal of a run may mean. */
export interface Endings {
  /** Somebody wants it to end: what runs on a target is ended there. */
  readonly cancelled: AbortSignal;
  /** This process may not go on, as when its store is lost: what runs on a target is left to whoever goes on with the run. */
  readonly stopped: AbortSignal;
}

/** The signal of a run, taken apart; `forget` when it is not needed any more. */
export function apart(signal: AbortSignal): Endings & { forget(): void } {
  const cancelled = new AbortController();
  const stopped = new AbortController();
  const tell = (): void => {
    const why: unknown = signal.reason;
    (why instanceof HoldfastError && why.code !== 'cancelled' ? stopped : cancelled).abort(why);
  };
  if (signal.aborted) tell();
  else signal.addEventListener('abort', tell);
  return {
    cancelled: cancelled.signal,
    stopped: stopped.signal,
    forget: () => signal.removeEventListener('abort', tell),
  };
}

/** What `work` gives, or why it may not be waited for any longer. */
export async function unless<Result>(stopped: AbortSignal, work: Promise<Result>): Promise<Result> {
  let tell: () => void = () => undefined;
  const stop = new Promise<never>((_resolve, reject) => {
    tell = () => reject(stopped.reason);
    if (stopped.aborted) tell();
    else stopped.addEventListener('abort', tell);
  });
  try {
    return await Promise.race([work, stop]);
  } finally {
    stopped.removeEventListener('abort', tell);
    work.catch(() => undefined);
  }
}

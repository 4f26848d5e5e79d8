export interface OnEachOptions {
  /** How many are worked on at a time. */
  readonly width: number;
  /** How many may fail; with one more, nothing new is started. */
  readonly errorLimit: number;
  readonly signal: AbortSignal;
}

/** What came of one of them; `value` is absent for what was not started. */
export interface EachResult<Value> {
  readonly name: string;
  readonly outcome: 'succeeded' | 'failed' | 'not-started';
  readonly value?: Value;
}

/**
 * Works on each name, some at a time, in their order. Stops starting more once more than `errorLimit` have failed or `signal` aborts; what is under
 * way is waited for. Every name has a result, in the order given. What `work` throws is thrown after all that are under
 * way have ended.
 */
export async function onEach<Value>(
  names: readonly string[],
  { width, errorLimit, signal }: OnEachOptions,
  work: (name: string) => Promise<{ readonly ok: boolean; readonly value: Value }>,
): Promise<EachResult<Value>[]> {
  const results: EachResult<Value>[] = names.map((name) => ({ name, outcome: 'not-started' }));
  let next = 0;
  let failures = 0;
  let thrown: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (next < names.length && failures <= errorLimit && !signal.aborted && thrown === undefined) {
      const index = next;
      next += 1;
      const name = names[index] ?? '';
      try {
        const { ok, value } = await work(name);
        results[index] = { name, outcome: ok ? 'succeeded' : 'failed', value };
        if (!ok) failures += 1;
      } catch (error) {
        thrown ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, names.length)) }, worker));
  if (thrown !== undefined) throw thrown.error;
  return results;
}

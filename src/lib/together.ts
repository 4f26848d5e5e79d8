/**
 * Runs work side by side under one signal. When one part fails the others are told to stop, and the failure is thrown only
 * after all of them have: nothing is left running behind the caller's back.
 */
export async function together<Results extends readonly unknown[]>(
  signal: AbortSignal,
  ...parts: { [Index in keyof Results]: (signal: AbortSignal) => Promise<Results[Index]> }
): Promise<Results> {
  const stop = new AbortController();
  const linked = AbortSignal.any([signal, stop.signal]);
  let failure: { readonly thrown: unknown } | undefined;
  const settled = await Promise.all(
    parts.map(async (part) => {
      try {
        return await part(linked);
      } catch (thrown) {
        failure ??= { thrown };
        stop.abort(thrown);
        return undefined;
      }
    }),
  );
  if (failure !== undefined) throw failure.thrown;
  return settled as unknown as Results;
}

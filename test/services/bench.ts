import type { Bench } from '../../src/engines/types.ts';
import { systemClock } from '../../src/lib/clock.ts';

/** What engine calls are given, for a test that asks for nothing special; warnings are kept to be looked at. */
export function bench(signal: AbortSignal = new AbortController().signal): Bench & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    signal,
    clock: systemClock,
    progress: () => undefined,
    warn: (message) => void warnings.push(message),
    warnings,
  };
}

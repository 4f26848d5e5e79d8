import type { Bench } from '../engines/types.ts';
import { toErrorRecord } from '../errors/holdfast-error.ts';
import type { CheckResult } from './types.ts';

const mostDetails = 100;

/** What a check found: nothing in `differences` means passed. `measure` says how much was looked at, as `41 of 41 tables`. */
export interface Findings {
  readonly summary: string;
  readonly differences: readonly string[];
}

/**
 * Runs one check and times it. What stops it from looking is `could-not-run`, never passed and never failed; a cancellation
 * goes on up, because the work as a whole is over.
 */
export async function check(
  name: string,
  title: string,
  bench: Bench,
  look: () => Promise<Findings | CannotRun>,
): Promise<CheckResult> {
  const begun = bench.clock.monotonic();
  const durationMs = (): number => bench.clock.monotonic() - begun;
  try {
    const found = await look();
    if ('reason' in found) {
      return { name, title, status: 'could-not-run', summary: found.reason, details: [], durationMs: durationMs() };
    }
    const status = found.differences.length === 0 ? 'passed' : 'failed';
    return {
      name,
      title,
      status,
      summary: found.summary,
      details: shorten(found.differences),
      durationMs: durationMs(),
    };
  } catch (error) {
    if (bench.signal.aborted) throw error;
    const { message } = toErrorRecord(error);
    return {
      name,
      title,
      status: 'could-not-run',
      summary: `${title.toLowerCase()} could not be checked`,
      details: [message],
      durationMs: durationMs(),
    };
  }
}

/** Why a check cannot look at all. */
export interface CannotRun {
  readonly reason: string;
}

function shorten(details: readonly string[]): string[] {
  if (details.length <= mostDetails) return [...details];
  return [...details.slice(0, mostDetails), `and ${details.length - mostDetails} more`];
}

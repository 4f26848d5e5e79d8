import type { Bench, StoreVerification } from '../types.ts';
import { callRestic } from './call.ts';
import { causeOf } from './diagnose.ts';
import type { Place } from './place.ts';

const week = 7 * 86_400_000;

/**
 * Checks the repository. Damage is a result, not an error; what keeps restic from looking at all (wrong password, no repository,
 * out of reach) is thrown. Without `readData` a changed byte in a pack is not found.
 */
export async function verify(
  place: Place,
  options: { readonly readData: boolean },
  bench: Bench,
): Promise<StoreVerification> {
  const begun = bench.clock.monotonic();
  const { finished, problems } = await callRestic(
    place,
    {
      what: `Verifying store ${place.store}`,
      args: () => ['check', ...(options.readData ? ['--read-data'] : [])],
      readOnly: true,
      limitMs: week,
      accept: (ended, dialect) => ['damaged', 'other'].includes(causeOf(ended, dialect)),
    },
    bench,
  );
  const found = problems.filter((line) => line.trim() !== '' && !harmless.test(line));
  const says = /no errors were found/.test(finished.stdout);
  const silent = found.length === 0 && !(finished.ok && says);
  return {
    sound: finished.ok && says && found.length === 0,
    problems: silent ? [`restic ended with ${finished.exitCode} and did not say that it found no errors`] : found,
    readData: options.readData,
    durationMs: bench.clock.monotonic() - begun,
  };
}

/** What restic says on standard error about a sound repository. */
const harmless = /^(created new cache|using temporary cache|repository [0-9a-f]+ opened|.*non-critical)/;

import { toHoldfastError } from '../../errors/holdfast-error.ts';
import { languageOf } from '../language.ts';
import type { Records, Services } from '../services.ts';

/**
 * A run that did not come to its end is when a hand-over page is needed most: it is made from what is recorded, and where it lies is told.
 * Of a cancelled run it is signed; one that may be resumed is signed when it ends. What keeps it from being made is told too, and is not
 * the run's error.
 */
export async function tellHandOver(services: Services, records: Records, run: string): Promise<void> {
  try {
    const [{ outcomeSoFar }, { concludeProcedure, writeHandOver }, { estateOf }, { recordVerifications }] =
      await Promise.all([
        import('../../procedures/outcome-so-far.ts'),
        import('../../procedures/report/conclude.ts'),
        import('../estate.ts'),
        import('../../procedures/verification.ts'),
      ]);
    const estate = { ...(await estateOf(services, records)), language: await languageOf(services) };
    const record = await records.runs.show(run);
    const known = await outcomeSoFar(estate, record);
    const over = record.status === 'cancelled' || record.status === 'failed';
    // A step that failed does not stay verified because somebody cancelled its run rather than stopping it.
    if (over) await recordVerifications(records.database, known.outcome);
    const { handOver } = over
      ? await concludeProcedure({ ...estate, ...known })
      : await writeHandOver({ ...estate, ...known });
    services.report({ kind: 'note', level: 'warning', message: `Hand-over page: ${handOver}` });
  } catch (thrown) {
    const { message } = toHoldfastError(thrown);
    services.report({
      kind: 'note',
      level: 'warning',
      message: `No hand-over page was made: ${services.redact(message)}`,
    });
  }
}

import { HoldfastError, toHoldfastError } from '../errors/holdfast-error.ts';
import type { ProcedureOutcome } from '../evidence/procedure-model.ts';
import { RecordsEnd, recordedRun } from '../execution/recorded-run.ts';
import type { RunRecord } from '../execution/types.ts';
import type { Estate } from '../protection/estate.ts';
import { completed } from './conclude-run.ts';
import { extrasOf } from './extras.ts';
import { type RunbookInput, runbookWorkflow } from './input.ts';
import type { HandOverExtras } from './report/hand-over-extras.ts';
import { outcomeOf, type Prepared, prepare, throughSteps } from './run-procedure.ts';
import { placesOf } from './world.ts';

/**
 * What a run of a runbook has done so far, read back from its records, in whatever state it is: under way, interrupted, cancelled. Nothing is
 * done. The step that was under way is `unknown` until the run was resumed and looked. Throws `run-unknown`, `runbook-lost`.
 */
export async function outcomeSoFar(
  estate: Estate,
  record: Pick<RunRecord, 'id' | 'operation' | 'status'>,
): Promise<{ readonly outcome: ProcedureOutcome; readonly extras: HandOverExtras }> {
  if (record.operation !== runbookWorkflow) throw new HoldfastError('run-no-runbook', { id: record.id });
  const { run, input } = await recordedRun(estate.database, record.id);
  const quiet: Estate = { ...estate, report: () => undefined };
  const prepared = await prepare(run, input as RunbookInput, quiet);
  const cancelled = record.status === 'cancelled';
  let ending: 'completed' | 'stopped' | 'cancelled' = cancelled ? 'cancelled' : 'stopped';
  try {
    ending = await throughSteps(prepared);
  } catch (thrown) {
    if (thrown instanceof RecordsEnd) markUnderWay(prepared, thrown, cancelled);
    else if (toHoldfastError(thrown).code !== 'cancelled') throw thrown;
  }
  return {
    outcome: await completed(estate, outcomeOf(prepared, ending)),
    extras: await extrasOf(estate, prepared.company.world, record.id, record.status),
  };
}

/** The command that was under way when the records end: if it had begun, nobody has looked yet what became of it. */
function markUnderWay({ company, steps }: Prepared, { where, began }: RecordsEnd, cancelled: boolean): void {
  const step = steps.find(
    ({ id }) => where === id || (/^[.~]/.test(where.slice(id.length)) && where.startsWith(id) && !where.includes(':')),
  );
  if (step === undefined || !(began || cancelled)) return;
  const entry = company.ledger.entry(step.id);
  if (entry.outcome === 'succeeded' || entry.outcome === 'unknown') return;
  entry.outcome = began ? 'unknown' : 'cancelled';
  if (!began || entry.targets.length > 0) return;
  // Whoever takes over is told where to look.
  const { targets } = placesOf(step, company.world);
  entry.targets = targets.map(({ name }) => ({ target: name, outcome: 'unknown', durationMs: 0, attached: false }));
}

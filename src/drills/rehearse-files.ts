import { compareFiles } from '../checks/files/compare.ts';
import type { AssetOutcome } from '../evidence/model.ts';
import { readFacts } from '../recovery/fetch-point.ts';
import { validateStep } from '../recovery/phase-steps.ts';
import type { Rehearsal } from './drill-asset.ts';

/** Compares fetched files with the manifest. For files the fetch is the restore, and nothing has to start. */
export async function rehearseFiles(rehearsal: Rehearsal): Promise<Pick<AssetOutcome, 'checks' | 'engine'>> {
  const { input, fetched, step, phases } = rehearsal;
  const done = await step(validateStep(input.asset, 'restore.drill'), async (bench) => {
    const facts = await readFacts(fetched.facts);
    if (facts.kind !== 'files') throw new TypeError(`the facts of ${input.asset} are those of ${facts.kind}`);
    return await compareFiles(facts, fetched.data, bench);
  });
  phases.validateMs = done.durationMs;
  return { checks: [...done.result], engine: '' };
}

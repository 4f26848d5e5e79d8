import { compareFiles } from '../checks/files/compare.ts';
import { summariseChecks } from '../checks/summary.ts';
import type { AssetOutcome } from '../evidence/model.ts';
import { readFacts } from '../recovery/fetch-point.ts';
import type { Rehearsal } from './drill-asset.ts';

/** Compares fetched files with the manifest. For files the fetch is the restore, and nothing has to start. */
export async function rehearseFiles(rehearsal: Rehearsal): Promise<Pick<AssetOutcome, 'checks' | 'engine'>> {
  const { input, fetched, step, phases } = rehearsal;
  const done = await step(
    {
      name: 'validate',
      title: `Validate ${input.asset}`,
      gate: 'restore.drill',
      effects: ['read'],
      target: `the restored files of ${input.asset}`,
      summary: summariseChecks,
    },
    async (bench) => {
      const facts = await readFacts(fetched.facts);
      if (facts.kind !== 'files') throw new TypeError(`the facts of ${input.asset} are those of ${facts.kind}`);
      return await compareFiles(facts, fetched.data, bench);
    },
  );
  phases.validateMs = done.durationMs;
  return { checks: [...done.result], engine: '' };
}

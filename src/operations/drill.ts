import { z } from 'zod';
import { Outcome } from '../evidence/model.ts';
import { choiceOf } from '../recovery/choose-copy.ts';
import { choiceFields } from './choice.ts';
import { describeOutcome } from './describe-outcome.ts';
import { defineOperation } from './types.ts';

export const drill = defineOperation({
  name: 'drill',
  title: 'Restore in isolation, check everything, measure and sign',
  description:
    'Restores the newest recovery point of each asset in a sandbox without network and without a view of production, with a server of ' +
    'the same version, and compares it with what was recorded at backup time. The time is split into fetch, restore, start and ' +
    'validate. The verdict is PROVEN, FAILED or COULD NOT VERIFY; what could not be checked is never green. The outcome is signed ' +
    'and written with a report. With --negative-control one byte of the fetched copy is flipped first: the drill must then come ' +
    'out FAILED, which shows that its checks still find damage.',
  input: z.strictObject({
    assets: z.array(z.string()).default([]).describe('Assets to drill; all of them without it'),
    ...choiceFields,
    negativeControl: z.boolean().default(false).describe('Flip one byte of the fetched copy; the drill must find it'),
  }),
  output: z.object({
    outcome: Outcome,
    evidence: z.string().describe('Path of the signed bundle'),
    evidenceSha256: z.string(),
    report: z.string().describe('Path of the report'),
    leaf: z.number().describe('Index in the audit log'),
  }),
  positional: ['assets'],
  permission: 'drills.run',
  effects: ['read', 'write'],
  gate: 'restore.drill',
  long: true,
  faces: ['cli', 'http'],
  examples: [
    { command: 'drill', does: 'drills the newest recovery point of every asset' },
    { command: 'drill ledger --from ring', does: 'drills one asset from its second copy' },
    { command: 'drill --negative-control', does: 'shows that one flipped byte is found' },
  ],
  async handle({ services }, input) {
    const [{ drill: workflow }, { estateOf, sourceOf }, { selectAssets }, gates] = await Promise.all([
      import('../drills/drill.ts'),
      import('./estate.ts'),
      import('../protection/protect.ts'),
      import('./closed-gates.ts'),
    ]);
    const source = await sourceOf(services);
    const assets = selectAssets(source, input.assets);
    const records = await services.records();
    const wanted = gates.wantedToRestore('restore.drill', assets);
    await gates.refuseClosed(services, records, 'drill', source.site.site, wanted);
    const run = await records.runs.start(
      workflow(await estateOf(services, records)),
      {
        source,
        assets,
        negativeControl: input.negativeControl,
        ...choiceOf(input),
      },
      { site: source.site.site },
    );
    return await run.result();
  },
  text: describeOutcome,
  exit: ({ outcome }) => {
    if (outcome.negativeControl && outcome.assets.some((asset) => asset.verdict !== 'FAILED')) return 'failed';
    return outcome.verdict === 'PROVEN' ? 'ok' : outcome.verdict === 'FAILED' ? 'notProven' : 'couldNotVerify';
  },
});

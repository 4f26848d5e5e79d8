import { z } from 'zod';
import { choiceOf } from '../recovery/choose-copy.ts';
import { choiceFields } from './choice.ts';
import { describeOutcome } from './describe-outcome.ts';
import { drill } from './drill.ts';
import { defineOperation } from './types.ts';

export const recover = defineOperation({
  name: 'recover',
  title: 'Bring assets back into place, verify them, and stop the clock when they can be written',
  description:
    'Restores the newest recovery point of each asset into its place, ordered by `after` and side by side where that allows it. ' +
    'Everything is looked at before anything is touched: a running server or a target that is not empty is refused. What is ' +
    'restored is verified before clients can reach it. With --replace what stands in the place is moved aside, not deleted.',
  input: z.strictObject({
    assets: z.array(z.string()).default([]).describe('Assets to recover; all of them without it'),
    ...choiceFields,
    lostAt: z.iso.datetime({ offset: true }).optional().describe('The moment of loss, where a person knows it'),
    replace: z.boolean().default(false).describe('Move aside what stands in the place'),
  }),
  output: drill.output,
  positional: ['assets'],
  permission: 'recoveries.run',
  effects: ['write', 'disrupt'],
  gate: 'restore.run',
  long: true,
  faces: ['cli', 'http'],
  examples: [
    { command: 'recover', does: 'brings back every asset of ./holdfast.yaml' },
    { command: 'recover ledger --from ring', does: 'brings back one asset from its second copy' },
    { command: 'recover uploads --replace', does: 'puts it where something stands, which is moved aside' },
  ],
  async handle({ services }, input) {
    const [{ recover: workflow }, { estateOf, sourceOf }, { selectAssets }, gates] = await Promise.all([
      import('../recovery/recover.ts'),
      import('./estate.ts'),
      import('../protection/protect.ts'),
      import('./closed-gates.ts'),
    ]);
    const source = await sourceOf(services);
    const assets = selectAssets(source, input.assets);
    const records = await services.records();
    const wanted = gates.wantedToRestore('restore.run', assets);
    await gates.refuseClosed(services, records, 'recover', source.site.site, wanted);
    const run = await records.runs.start(
      workflow(await estateOf(services, records)),
      {
        source,
        assets,
        replace: input.replace,
        ...choiceOf(input),
        ...(input.lostAt === undefined ? {} : { lostAt: input.lostAt }),
      },
      { site: source.site.site },
    );
    return await run.result();
  },
  text: describeOutcome,
  ...(drill.exit === undefined ? {} : { exit: drill.exit }),
});

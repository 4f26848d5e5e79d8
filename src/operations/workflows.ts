import { drill } from '../drills/drill.ts';
import { drillAsset } from '../drills/drill-asset.ts';
import type { AnyWorkflow, Workflow } from '../execution/types.ts';
import { runbookWorkflow } from '../procedures/input.ts';
import type { Estate } from '../protection/estate.ts';
import { protect } from '../protection/protect.ts';
import { protectAsset } from '../protection/protect-asset.ts';
import { recover } from '../recovery/recover.ts';
import { recoverAsset } from '../recovery/recover-asset.ts';

/** Every workflow that a run may be made of. A run in the store is resumed by finding its workflow here by name. */
export function workflows(estate: Estate): readonly AnyWorkflow[] {
  return [
    protect(estate),
    protectAsset(estate),
    drill(estate),
    drillAsset(estate),
    recover(estate),
    recoverAsset(estate),
    // A command on a target goes on when Holdfast dies, or the link to it.
    {
      ...lazily(runbookWorkflow, async () => (await import('../procedures/run-procedure.ts')).runProcedure(estate)),
      outlives: true,
    },
  ];
}

/** A workflow whose code is loaded when a run of it begins: what reads runbooks is large, and most commands read none. */
function lazily<Input, Output>(name: string, load: () => Promise<Workflow<Input, Output>>): Workflow<Input, Output> {
  return { name, execute: async (run, input) => await (await load()).execute(run, input) };
}

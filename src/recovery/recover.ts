import type { Bench } from '../engines/types.ts';
import type { AssetLoss } from '../evidence/model.ts';
import type { Branch, Workflow } from '../execution/types.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import { type ChosenCopy, choiceOf, chooseCopy } from './choose-copy.ts';
import { type Concluded, conclude } from './conclude.ts';
import { estimateLoss } from './loss.ts';
import { recoveryWaves } from './order.ts';
import { planStep } from './phase-steps.ts';
import { type RecoverAssetInput, type RecoveredAsset, recoverAsset } from './recover-asset.ts';
import { examineTarget } from './targets.ts';
import { worstVerdict } from './verdict.ts';

export interface RecoverInput {
  readonly source: SiteSource;
  readonly assets: readonly string[];
  readonly point?: string;
  readonly from?: string;
  /** The moment of loss, where it is known. */
  readonly lostAt?: string;
  /** Move aside what stands where an asset is recovered to. Without it a target that is not empty is refused. */
  readonly replace: boolean;
}

interface RecoveryPlan {
  readonly chosen: Readonly<Record<string, ChosenCopy>>;
  readonly waves: readonly (readonly string[])[];
  readonly loss: readonly AssetLoss[];
  readonly at: string;
}

/**
 * Brings assets back into place. Everything is fetched at once; each asset is put into place when those it depends on are
 * back. Nothing is touched before every target was looked at, so a refusal leaves all of them as they were.
 */
export function recover(estate: Estate): Workflow<RecoverInput, Concluded> {
  const branchWorkflow = recoverAsset(estate);
  return {
    name: 'recover',
    execute: async (run, input) => {
      const planned = await run.step(
        planStep<RecoveryPlan>('Choose recovery points and look at the targets', input.source.site.site, 'restore.run'),
        (bench) => planRecovery(estate, input, bench),
      );
      const plan = planned.result;
      const branches: Branch<RecoveredAsset>[] = [];
      for (const asset of plan.waves.flat()) {
        const chosen = plan.chosen[asset];
        if (chosen === undefined) continue;
        const branch: RecoverAssetInput = {
          source: input.source,
          asset,
          chosen,
          replace: input.replace,
          at: plan.at,
          lostAt: plan.loss.find((loss) => loss.asset === asset)?.to ?? plan.at,
          waitFor: waitFor(input, asset).map((other) => `${run.id}/${other}`),
        };
        branches.push(await run.branch(asset, branchWorkflow, branch));
      }
      const recovered = await Promise.all(branches.map((branch) => branch.result()));
      const assets = recovered.map((one) => one.outcome);
      return await conclude(estate, run, input.source, {
        kind: 'recovery',
        run: run.id,
        site: input.source.site.site,
        actor: run.actor,
        startedAt: plan.at,
        isolation: 'none',
        negativeControl: false,
        verdict: worstVerdict(assets.map((asset) => asset.verdict)),
        assets,
        loss: [...plan.loss],
        timeline: recovered.flatMap((one) => one.timeline),
      });
    },
  };
}

async function planRecovery(estate: Estate, input: RecoverInput, bench: Bench): Promise<RecoveryPlan> {
  const { site } = input.source;
  const at = estate.clock.now().toISOString();
  const chosen: Record<string, ChosenCopy> = {};
  const loss: AssetLoss[] = [];
  const asked: Record<string, { readonly after: readonly string[] }> = {};
  for (const name of input.assets) {
    const asset = site.assets[name];
    if (asset === undefined) continue;
    asked[name] = { after: asset.after };
    const choice = {
      asset: name,
      ...choiceOf(input),
    };
    const found = await chooseCopy(estate.database, site.site, choice, asset.copies);
    chosen[name] = found;
    await examineTarget(estate, input.source, name, { bench, replace: input.replace });
    loss.push(
      await estimateLoss(estate, input.source, name, {
        point: found.point,
        ...(input.lostAt === undefined ? {} : { lostAt: input.lostAt }),
      }),
    );
  }
  return { chosen, waves: recoveryWaves(asked), loss, at };
}

/** Dependencies that this run recovers as well; others count as being there. */
function waitFor(input: RecoverInput, asset: string): readonly string[] {
  return (input.source.site.assets[asset]?.after ?? []).filter((other) => input.assets.includes(other));
}

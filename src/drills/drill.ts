import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Outcome } from '../evidence/model.ts';
import type { Branch, Run, Workflow } from '../execution/types.ts';
import { toolVersions } from '../process/programs.ts';
import { probeIsolation } from '../process/sandbox.ts';
import type { Isolation } from '../process/types.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import { recordProof } from '../protection/recovery-points.ts';
import { type ChosenCopy, choiceOf, chooseCopy } from '../recovery/choose-copy.ts';
import { type Concluded, conclude } from '../recovery/conclude.ts';
import { planStep } from '../recovery/phase-steps.ts';
import { worstVerdict } from '../recovery/verdict.ts';
import { type DrillAssetInput, type DrilledAsset, drillAsset } from './drill-asset.ts';

export interface DrillInput {
  readonly source: SiteSource;
  readonly assets: readonly string[];
  /** A recovery point's id, for a drill of one asset. The newest without it. */
  readonly point?: string;
  /** A store's name. The first of each asset's own list without it. */
  readonly from?: string;
  readonly negativeControl: boolean;
}

interface DrillPlan {
  readonly chosen: Readonly<Record<string, ChosenCopy>>;
  readonly isolation: Isolation;
  readonly at: string;
}

/** Restores assets in isolation, checks them, and signs what was found. Assets are rehearsed side by side. */
export function drill(estate: Estate): Workflow<DrillInput, Concluded> {
  const branchWorkflow = drillAsset(estate);
  return {
    name: 'drill',
    execute: async (run, input) => {
      const started = await run.step(
        planStep<DrillPlan>('Choose recovery points and isolation', input.source.site.site, 'restore.drill'),
        () => planDrill(estate, input),
      );
      const plan = started.result;
      // The evidence names them at the end: asked now, they are known by then.
      toolVersions().catch(() => undefined);
      const branches: Branch<DrilledAsset>[] = [];
      for (const asset of input.assets) {
        const chosen = plan.chosen[asset];
        if (chosen === undefined) continue;
        const branch: DrillAssetInput = {
          source: input.source,
          asset,
          chosen,
          isolation: plan.isolation,
          negativeControl: input.negativeControl,
          at: plan.at,
        };
        branches.push(await run.branch(asset, branchWorkflow, branch));
      }
      const drilled = await Promise.all(branches.map((branch) => branch.result()));
      const outcome = drillOutcome(run, input, plan, drilled);
      const concluded = await conclude(estate, run, input.source, outcome);
      await recordProofs(estate, run, concluded);
      return concluded;
    },
  };
}

async function planDrill(estate: Estate, input: DrillInput): Promise<DrillPlan> {
  const { site } = input.source;
  const probed = await probeIsolation();
  if (site.isolation === 'sandbox' && probed.level !== 'sandbox') {
    throw new HoldfastError('isolation-too-weak', {
      level: probed.level,
      reason: probed.reason,
      allow: probed.howToAllow,
    });
  }
  const chosen: Record<string, ChosenCopy> = {};
  for (const name of input.assets) {
    const choice = {
      asset: name,
      ...choiceOf(input),
    };
    chosen[name] = await chooseCopy(estate.database, site.site, choice, site.assets[name]?.copies ?? []);
  }
  return { chosen, isolation: probed.level, at: estate.clock.now().toISOString() };
}

type OutcomeSoFar = Parameters<typeof conclude>[3];

function drillOutcome(run: Run, input: DrillInput, plan: DrillPlan, drilled: readonly DrilledAsset[]): OutcomeSoFar {
  const assets = drilled.map((one) => one.outcome);
  return {
    kind: 'drill',
    run: run.id,
    site: input.source.site.site,
    actor: run.actor,
    startedAt: plan.at,
    isolation: plan.isolation,
    negativeControl: input.negativeControl,
    verdict: worstVerdict(assets.map((asset) => asset.verdict)),
    assets,
    loss: [],
    timeline: drilled.flatMap((one) => one.timeline),
  };
}

/** Stamps the verdict on each recovery point that was drilled. */
async function recordProofs(estate: Estate, run: Run, concluded: Concluded): Promise<void> {
  const outcome: Outcome = concluded.outcome;
  await run.step(
    {
      name: 'record',
      title: 'Stamp the verdict on the recovery points',
      gates: ['restore.drill'],
      effects: ['write'],
      target: `site ${outcome.site}`,
    },
    async () => {
      for (const asset of outcome.assets) {
        await recordProof(estate.database, {
          run: run.id,
          site: outcome.site,
          point: asset.recoveryPoint.id,
          store: asset.recoveryPoint.store,
          verdict: asset.verdict,
          isolation: outcome.isolation,
          negativeControl: outcome.negativeControl,
          provedAt: outcome.finishedAt,
          evidence: concluded.evidence,
        });
      }
    },
  );
}

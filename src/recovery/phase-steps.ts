import { summariseChecks } from '../checks/summary.ts';
import type { CheckResult } from '../checks/types.ts';
import type { StepSpec } from '../execution/types.ts';
import type { Gate } from '../gates/types.ts';
import type { ChosenCopy } from './choose-copy.ts';
import type { FetchedPoint } from './fetch-point.ts';

/** The steps that a drill and a recovery have in common; they differ in the gate that they ask. */
type RestoreGate = Extract<Gate, 'restore.drill' | 'restore.run'>;

export function fetchStep(
  { asset, chosen }: { readonly asset: string; readonly chosen: ChosenCopy },
  gate: RestoreGate,
): StepSpec<FetchedPoint> {
  const { store } = chosen.copy;
  return {
    name: 'fetch',
    title: `Fetch ${asset} from ${store}`,
    gates: [gate],
    effects: ['read'],
    target: `asset ${asset}, store ${store}`,
    summary: (fetched) => `${fetched.size} from ${store}`,
  };
}

export function validateStep(asset: string, gate: RestoreGate): StepSpec<readonly CheckResult[]> {
  return {
    name: 'validate',
    title: `Validate ${asset}`,
    gates: [gate],
    effects: ['read'],
    target: `asset ${asset}`,
    summary: summariseChecks,
  };
}

/** `choice` lists recovery point and store of each asset. */
export function planStep<Plan extends { readonly chosen: Readonly<Record<string, ChosenCopy>> }>(
  title: string,
  site: string,
  gate: RestoreGate,
): StepSpec<Plan> {
  return {
    name: 'plan',
    title,
    gates: [gate],
    effects: ['read'],
    target: `site ${site}`,
    summary: (plan) =>
      Object.values(plan.chosen)
        .map(({ point, copy }) => `${point.id} (${copy.store})`)
        .join(', '),
  };
}

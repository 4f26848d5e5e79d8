import { z } from 'zod';
import type { Site } from '../../config/site.ts';
import { toHoldfastError } from '../../errors/holdfast-error.ts';
import { gatesFor, isEffect } from '../../gates/gates-for.ts';
import { openCommand } from '../../gates/open-command.ts';
import { isOpenFor, type OpeningsNow } from '../../gates/openings.ts';
import { modeOf } from '../../gates/policy.ts';
import { type Gate, gates } from '../../gates/types.ts';
import type { Step } from '../../runbooks/types.ts';
import { findRunbooks } from '../../worst-day/find-runbooks.ts';
import { wantedToProtect, wantedToRestore } from '../closed-gates.ts';
import { sourceHere, unnamedSite } from '../estate.ts';
import { dailyFor, dailyGates } from '../gates-input.ts';
import { openingsHere } from '../openings-here.ts';
import type { Services } from '../services.ts';

export const SiteGates = z.object({
  site: z.string(),
  mode: z.enum(['solo', 'team']),
  closed: z
    .array(
      z.object({
        gate: z.string(),
        for: z.array(z.string()).describe('What needs it: protect, drill, recover, watch, or a runbook by its path'),
        daily: z.boolean().describe('False for what is better closed until the day it is needed'),
        open: z.string().describe('The command that opens it'),
      }),
    )
    .describe(
      'Gates that are closed, for all or some of the targets, and that work which the site file names asks for',
    ),
  problem: z.string().optional().describe('What could not be looked at'),
});
export type SiteGates = z.infer<typeof SiteGates>;

interface Need {
  readonly gate: Gate;
  readonly by: string;
  /** What it will act on; any, where only the run says it. */
  readonly target?: string;
}

/**
 * Which gates the site's own work will ask for and finds closed. Undefined where no site file is. Makes no records for the sake of
 * looking: where there are none, all gates are closed.
 */
export async function siteGates(services: Services): Promise<SiteGates | undefined> {
  const problems: string[] = [];
  const said = (error: unknown) => {
    problems.push(services.redact(toHoldfastError(error).message));
    return undefined;
  };
  const source = await sourceHere(services).catch(said);
  if (source === undefined)
    return { site: services.options.site, mode: 'solo', closed: [], problem: problems.join(' ') };
  const { site, directory } = source;
  if (site.site === unnamedSite) return undefined;
  const runbooks = (await findRunbooks(site.runbooks.paths, directory).catch(said)) ?? [];
  const needs = [
    ...neededByAssets(site),
    ...runbooks.flatMap(({ path, procedure }) => neededByRunbook(site, path, procedure.steps)),
  ];
  const authority = { site: site.site, policy: site.authority };
  const open = await openingsHere(services, authority).catch(said);
  const mode = modeOf(open?.policy ?? authority.policy);
  const closed = gates.flatMap((gate) => {
    const by = new Set(needs.filter((need) => need.gate === gate && !isOpen(open, need)).map((need) => need.by));
    if (by.size === 0) return [];
    const daily = dailyGates.includes(gate);
    return [{ gate, for: [...by], daily, open: openCommand([gate], mode, daily ? dailyFor : undefined) }];
  });
  return { site: site.site, mode, closed, ...(problems.length === 0 ? {} : { problem: problems.join(' ') }) };
}

function neededByAssets(site: Site): Need[] {
  const assets = Object.keys(site.assets);
  if (assets.length === 0) return [];
  const all = assets.map((asset) => `asset ${asset}`).join(', ');
  return [
    ...wantedToProtect(site, assets).map((wanted) => ({ ...wanted, by: 'protect' })),
    ...wantedToRestore('restore.drill', assets).map((wanted) => ({ ...wanted, by: 'drill' })),
    { gate: 'host.read', by: 'watch', target: all },
    ...wantedToRestore('restore.run', assets).map((wanted) => ({ ...wanted, by: 'recover' })),
  ];
}

/** What its commands do, and the look at who their targets are. */
function neededByRunbook(site: Site, path: string, steps: readonly Step[]): Need[] {
  return steps
    .filter(({ kind }) => kind === 'command')
    .flatMap(({ effects, places, annotations: { target } }) =>
      targetsNamed(site, target).flatMap((name) => {
        const inPod = name !== undefined && 'kubernetes' in (site.targets[name] ?? {});
        const asked = new Set<Gate>([
          'host.read',
          ...gatesFor(effects.filter(isEffect), inPod ? [...places, 'pod'] : places),
        ]);
        return [...asked].map((gate) => ({
          gate,
          by: path,
          ...(name === undefined ? {} : { target: `target ${name}` }),
        }));
      }),
    );
}

function targetsNamed({ groups }: Site, name: string | undefined): readonly (string | undefined)[] {
  if (name === undefined || !Object.hasOwn(groups, name)) return [name];
  return groups[name]?.targets ?? [];
}

function isOpen(open: OpeningsNow | undefined, { gate, target }: Need): boolean {
  if (open === undefined) return false;
  if (target !== undefined) return isOpenFor(open, gate, target);
  const scopes = open.openings.filter(({ opening }) => opening.gate === gate).flatMap(({ opening }) => opening.scope);
  return scopes.some((scope) => /^(\*$|target )/.test(scope) && isOpenFor(open, gate, scope));
}

import { HoldfastError } from '../errors/holdfast-error.ts';
import { suggest } from '../lib/suggest.ts';
import type { Target } from '../targets/types.ts';
import { sourceHere } from './estate.ts';
import type { Services } from './services.ts';

export interface KnownTargets {
  readonly site: string;
  readonly targets: ReadonlyMap<string, Target>;
  readonly groups: readonly {
    readonly name: string;
    readonly targets: readonly string[];
    readonly width: number;
    readonly errorLimit: number;
  }[];
}

/** The targets and groups of the site file; where there is no file by the usual name, this machine alone. */
export async function knownTargets(services: Pick<Services, 'site' | 'options'>): Promise<KnownTargets> {
  const { targetsOf } = await import('../targets/index.ts');
  const { site, directory } = await sourceHere(services);
  const groups = Object.entries(site.groups).map(([name, group]) => ({
    name,
    targets: group.targets,
    width: group.width,
    errorLimit: group['error-limit'],
  }));
  return { site: site.site, targets: targetsOf(site, directory), groups };
}

/** The targets of these names, groups resolved, each once; all without a name. Throws `target-unknown`. */
export function chosenTargets({ targets, groups }: KnownTargets, names: readonly string[]): readonly Target[] {
  if (names.length === 0) return [...targets.values()];
  const wanted = names.flatMap((name) => groups.find((group) => group.name === name)?.targets ?? [name]);
  return [...new Set(wanted)].map((name) => {
    const target = targets.get(name);
    if (target !== undefined) return target;
    const known = [...targets.keys(), ...groups.map((group) => group.name)];
    const near = suggest(name, known);
    const hint = near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${near}?`;
    throw new HoldfastError('target-unknown', { name, hint });
  });
}

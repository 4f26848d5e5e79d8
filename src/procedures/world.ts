import { HoldfastError } from '../errors/holdfast-error.ts';
import { suggest } from '../lib/suggest.ts';
import type { Procedure, Step } from '../runbooks/types.ts';
import type { Target } from '../targets/types.ts';
import type { RunbookInput } from './input.ts';

/** What a run of a runbook is about: fixed when it begins. */
export interface World {
  readonly input: RunbookInput;
  readonly procedure: Procedure;
  readonly targets: ReadonlyMap<string, Target>;
}

/** Where a step runs: one target, or the targets of a group with how many at a time and how many may fail. */
export interface Places {
  readonly name: string;
  readonly targets: readonly Target[];
  readonly width: number;
  readonly errorLimit: number;
}

/** The step's own target goes before the run's. Throws `target-unknown`. */
export function placesOf(
  step: Pick<Step, 'annotations'>,
  { input, targets }: Pick<World, 'input' | 'targets'>,
): Places {
  const name = step.annotations.target ?? input.target;
  const single = targets.get(name);
  if (single !== undefined) return { name, targets: [single], width: 1, errorLimit: 0 };
  const { groups } = input.source.site;
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (group === undefined) throw unknownTarget(name, [...targets.keys(), ...Object.keys(groups)]);
  const members = group.targets.map((member) => {
    const target = targets.get(member);
    if (target === undefined) throw unknownTarget(member, [...targets.keys()]);
    return target;
  });
  return { name, targets: members, width: group.width, errorLimit: group['error-limit'] };
}

function unknownTarget(name: string, known: readonly string[]): HoldfastError {
  const near = suggest(name, known);
  const hint = near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${near}?`;
  return new HoldfastError('target-unknown', { name, hint });
}

/**
 * The steps that this run is about, in their order: all, or from one on, or those under a heading. Throws `step-unknown`,
 * `section-unknown`.
 */
export function stepsOf({ input, procedure }: Pick<World, 'input' | 'procedure'>): readonly Step[] {
  const { from, section } = input;
  let steps = procedure.steps;
  if (section !== undefined) {
    const wanted = section.toLocaleLowerCase();
    steps = steps.filter((step) => step.section.some((heading) => heading.toLocaleLowerCase().includes(wanted)));
    if (steps.length === 0) throw new HoldfastError('section-unknown', { section });
  }
  if (from !== undefined) {
    const at = steps.findIndex(({ id }) => id === from);
    if (at < 0) throw new HoldfastError('step-unknown', { step: from });
    steps = steps.slice(at);
  }
  // What takes a step back is offered where that step failed, and never comes in its turn, unless it is what was asked for.
  const undoing = new Set(procedure.steps.map(({ annotations }) => annotations.rollback));
  const forward = steps.filter(({ id, role }) => (role !== 'rollback' && !undoing.has(`#${id}`)) || id === from);
  return forward.length === 0 ? steps : forward;
}

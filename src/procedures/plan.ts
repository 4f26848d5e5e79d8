import { z } from 'zod';
import type { Effect, Gate, Requirement } from '../gates/types.ts';
import type { Redact } from '../lib/redact.ts';
import type { Step } from '../runbooks/types.ts';
import { destroys, isDangerous, keepingOf, placeInText, resolve, runsByItself } from './plan-step.ts';
import { holds, type Values } from './values.ts';
import { stepsOf, type World } from './world.ts';

/** What a run would do, before it does anything. */
export const Plan = z.object({
  runbook: z.object({ title: z.string(), path: z.string(), sha256: z.string() }),
  site: z.string(),
  mode: z.enum(['solo', 'team']),
  targets: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      live: z.boolean(),
      identity: z.record(z.string(), z.string()).describe('What it must prove to be; empty: nothing is pinned'),
    }),
  ),
  parameters: z.array(z.object({ name: z.string(), value: z.string().optional(), source: z.string() })),
  alternatives: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      choices: z.array(z.object({ id: z.string(), title: z.string() })),
      chosen: z.string().optional(),
    }),
  ),
  steps: z.array(
    z.object({
      id: z.string(),
      line: z.number(),
      kind: z.string(),
      title: z.string(),
      section: z.array(z.string()),
      alternative: z.string().optional(),
      when: z
        .object({ condition: z.string(), holds: z.boolean() })
        .optional()
        .describe('Only then it is done; whether that is so with what is known now'),
      command: z.string().optional(),
      targets: z.array(z.string()),
      placeInText: z
        .string()
        .optional()
        .describe('Where the text says that it runs; nothing but an annotation makes it run there'),
      effects: z.array(z.string()),
      gates: z.array(z.string()),
      closed: z
        .array(z.string())
        .describe('Gates that are closed now: of these, of the question who the target is, and of what is kept before'),
      approvals: z.array(z.object({ need: z.number(), roles: z.array(z.string()) })),
      asks: z.enum(['nothing', 'a person', 'the name of the target']),
      missing: z.array(z.string()).describe('Parameters that will be asked for'),
      problems: z.array(z.string()).describe('Why it cannot run as it is, and what the linter calls an error'),
      keepsBefore: z.array(z.string()),
      expectedMs: z.number().optional(),
    }),
  ),
  expectedMs: z.number().optional(),
  rtoMs: z.number().optional(),
  notUnderstood: z.array(z.object({ line: z.number(), why: z.string() })),
});
export type Plan = z.output<typeof Plan>;

export interface PlanRequest {
  readonly world: World;
  readonly values: Values;
  readonly expected: ReadonlyMap<string, number>;
  readonly redact: Redact;
  /** Which of a step's gates are closed for a target now. */
  readonly closed: (gates: readonly Gate[], target: string) => readonly Gate[];
  /** Who must agree to a step with these effects, by the site's policy and its author. */
  readonly approvals: (effects: readonly Effect[], approve?: Requirement) => readonly Requirement[];
}

/** Works out what a run would do. Throws `target-unknown`, `step-unknown`, `section-unknown`, `choice-unknown`: nothing of it was done. */
export function makePlan(request: PlanRequest): Plan {
  const { world, values } = request;
  const { input, procedure } = world;
  const { site } = input.source;
  const captured = new Set<string>();
  const steps = stepsOf(world).map((step) => {
    const plan = planned(step, request);
    const missing = plan.missing.filter((name) => !captured.has(name));
    // The output of this step gives it to those that follow.
    if (step.annotations.capture !== undefined) captured.add(step.annotations.capture.name);
    return { ...plan, missing };
  });
  const names = new Set(steps.flatMap(({ targets }) => targets));
  const commands = steps.filter(({ kind }) => kind === 'command');
  const expected = commands.flatMap(({ expectedMs }) => (expectedMs === undefined ? [] : [expectedMs]));
  return {
    runbook: { title: procedure.title, path: input.runbook.path, sha256: input.runbook.sha256 },
    site: site.site,
    mode: Object.keys(site.authority.people).length === 0 ? 'solo' : 'team',
    targets: [...world.targets.values()]
      .filter(({ name }) => names.has(name))
      .map(({ name, kind, live, identity }) => ({
        name,
        kind,
        live,
        identity: { ...identity } as Record<string, string>,
      })),
    parameters: procedure.parameters.map(({ name, source }) => {
      const known = values.recorded().find((value) => value.name === name);
      return known === undefined ? { name, source } : { name, value: known.value, source: known.source };
    }),
    alternatives: procedure.alternatives
      .filter(({ choices }) => choices.some(({ id }) => steps.some(({ alternative }) => alternative === id)))
      .map(({ id, question, choices }) => ({
        id,
        question,
        choices: choices.map((choice) => ({ id: choice.id, title: choice.title })),
        ...(input.choices[id] === undefined ? {} : { chosen: input.choices[id] }),
      })),
    steps,
    ...(expected.length < Math.max(1, commands.length)
      ? {}
      : { expectedMs: expected.reduce((sum, ms) => sum + ms, 0) }),
    ...(input.rtoMs === undefined ? {} : { rtoMs: input.rtoMs }),
    notUnderstood: procedure.notUnderstood.map(({ line, why }) => ({ line, why })),
  };
}

function planned(
  step: Step,
  { world, values, expected, redact, closed, approvals }: PlanRequest,
): Plan['steps'][number] {
  const expectedMs = expected.get(step.hash);
  const { id, line, kind, title, section, alternative } = step;
  const said = placeInText(step);
  const { when } = step.annotations;
  const common = {
    id,
    line,
    kind,
    title,
    section: [...section],
    ...(alternative === undefined ? {} : { alternative }),
    ...(when === undefined ? {} : { when: { condition: when, holds: holds(when, values) } }),
    ...(said === undefined ? {} : { placeInText: said }),
    ...(expectedMs === undefined ? {} : { expectedMs }),
  };
  if (kind !== 'command')
    return {
      ...common,
      targets: [],
      effects: [],
      gates: [],
      closed: [],
      asks: 'a person',
      approvals: [],
      missing: [],
      problems: [],
      keepsBefore: [],
    };
  const { shown, effects, gates, places, missing, problems } = resolve(step, world, values);
  const { site } = world.input.source;
  const keeping = (destroys(effects) ? places.targets : []).map((target) => ({
    target,
    kept: keepingOf(site, target),
  }));
  const unkept = keeping.flatMap(({ target, kept }) =>
    target.live && kept.length === 0
      ? [
          `Nothing is kept of ${target.name} before this destroys: it will be refused. Name what to keep under before-destroy, or say live: false.`,
        ]
      : [],
  );
  // Every target is asked who it is first.
  const asked = new Set<Gate>([
    'host.read',
    ...gates,
    ...keeping.flatMap(({ kept }) => kept.flatMap((one) => one.gates)),
  ]);
  return {
    ...common,
    command: redact(shown),
    targets: places.targets.map(({ name }) => name),
    effects: [...effects],
    gates: [...gates],
    closed: [...closed([...asked], `target ${places.name}`)],
    approvals: approvals(effects, step.annotations.approve).map(({ need, roles }) => ({ need, roles: [...roles] })),
    asks: asks(effects, world.input.auto),
    missing: [...missing],
    problems: [...problems, ...unkept, ...errorsOf(step, world)],
    keepsBefore: keeping.flatMap(({ target, kept }) => kept.map(({ name }) => `${name} of ${target.name}`)),
  };
}

function errorsOf({ id }: Step, { procedure }: World): string[] {
  return procedure.findings.flatMap(({ step, level, message }) => (step === id && level === 'error' ? [message] : []));
}

function asks(effects: Parameters<typeof isDangerous>[0], auto: World['input']['auto']): Plan['steps'][number]['asks'] {
  if (runsByItself(effects, auto)) return 'nothing';
  return isDangerous(effects) ? 'the name of the target' : 'a person';
}

import { z } from 'zod';
import { toErrorRecord } from '../errors/holdfast-error.ts';
import type { Target } from '../targets/types.ts';
import { defineOperation, type Style } from './types.ts';

const Found = z.object({
  name: z.string(),
  state: z
    .enum(['right', 'unpinned', 'wrong', 'unreachable'])
    .describe('unpinned: it answers, and the site file does not say what it must be'),
  identity: z.record(z.string(), z.string()).describe('What it says it is'),
  differences: z.array(z.string()).describe('What the site file expects and was not found'),
  problem: z
    .object({ code: z.string(), message: z.string(), hint: z.string() })
    .optional()
    .describe('Why it was not reached'),
});
type Found = z.infer<typeof Found>;

/** How many are asked at a time. */
const width = 10;

export const targetIdentify = defineOperation({
  name: 'target identify',
  title: 'Ask targets who they are, and compare with the site file',
  description:
    'Connects to each target and asks for what it can be known by: machine id and host name, the id of a container, the context and cluster ' +
    'of Kubernetes, and the system identifier of PostgreSQL where the site file names one. Runs of runbooks do the same before their ' +
    'first step and stop when it is another machine. It reads, and leaves only a directory for markers.',
  input: z.strictObject({
    targets: z.array(z.string()).default([]).describe('Names of targets or groups; all of them without'),
  }),
  output: z.object({ site: z.string(), targets: z.array(Found) }),
  positional: ['targets'],
  permission: 'targets.read',
  effects: ['read'],
  gate: 'host.read',
  faces: ['cli', 'http'],
  examples: [
    { command: 'target identify', does: 'asks all targets of the site' },
    { command: 'target identify db1 db2 --json', does: 'asks two, for a script' },
  ],
  async handle({ services, signal }, input) {
    const [{ chosenTargets, knownTargets }, { askGate }, { adoptAuthority, shownAs }, { newRunId }, { onEach }] =
      await Promise.all([
        import('./targets.ts'),
        import('../gates/ask.ts'),
        import('./authority.ts'),
        import('../lib/ids.ts'),
        import('../targets/group.ts'),
      ]);
    const known = await knownTargets(services);
    const chosen = chosenTargets(known, input.targets);
    const names = chosen.map(({ name }) => name);
    const { database, ...desk } = { ...(await services.records()), clock: services.clock };
    await adoptAuthority(services, { ...desk, database }, services.actor);
    await askGate(database, desk, {
      actor: services.actor,
      site: known.site,
      run: newRunId('target identify', services.clock.now()),
      step: 'identify',
      gates: ['host.read'],
      effects: ['read'],
      ...shownAs(`target identify ${names.join(' ')}`, names.map((name) => `target ${name}`).join(', '), ['read']),
    });
    const results = await onEach(names, { width, errorLimit: names.length, signal }, async (name) => {
      const target = known.targets.get(name);
      if (target === undefined) throw new TypeError(`no target ${name}`);
      return { ok: true, value: await identify(target, signal) };
    });
    signal.throwIfAborted();
    return { site: known.site, targets: results.flatMap(({ value }) => (value === undefined ? [] : [value])) };
  },
  text: (output, style) => output.targets.map((target) => lines(target, style)).join('\n'),
  exit({ targets }) {
    if (targets.some(({ state }) => state === 'wrong')) return 'notProven';
    return targets.some(({ state }) => state === 'unreachable') ? 'unavailable' : 'ok';
  },
});

async function identify(target: Target, signal: AbortSignal): Promise<Found> {
  const { connect, sameIdentity } = await import('../targets/index.ts');
  const { name } = target;
  try {
    const session = await connect(target, { signal });
    try {
      const identity = await session.identify();
      const differences = sameIdentity(target.identity, identity);
      const pinned = Object.keys(target.identity).length > 0;
      const state = differences.length > 0 ? 'wrong' : pinned ? 'right' : 'unpinned';
      return { name, state, identity: { ...identity }, differences };
    } finally {
      await session.close();
    }
  } catch (error) {
    const { code, message, hint } = toErrorRecord(error);
    return { name, state: 'unreachable', identity: {}, differences: [], problem: { code, message, hint } };
  }
}

function lines({ name, state, identity, differences, problem }: Found, style: Style): string {
  const facts = Object.entries(identity).map(([fact, value]) => `${fact}: ${value}`);
  switch (state) {
    case 'right':
      return `${style.green('✔')} ${style.bold(name)}  is the right one · ${facts.join(' · ')}`;
    case 'unpinned':
      return [
        `${style.yellow('○')} ${style.bold(name)}  answers; the site file does not say what it must be. To pin it:`,
        `    identity: { ${Object.entries(identity)
          .map(([fact, value]) => `${fact}: ${JSON.stringify(value)}`)
          .join(', ')} }`,
      ].join('\n');
    case 'wrong':
      return `${style.red('✘')} ${style.bold(name)}  ${style.red('is another one')}: ${differences.join('; ')}`;
    case 'unreachable':
      return `${style.red('✘')} ${style.bold(name)}  ${problem?.message ?? ''}\n    ${problem?.hint ?? ''}`;
  }
}

import { z } from 'zod';
import { defineOperation } from './types.ts';

export const targetList = defineOperation({
  name: 'target list',
  title: 'List the places where runbooks run, and their groups',
  description:
    'Shows the targets of the site file with how each is reached, what it must prove to be, and whether it is live; and the groups with ' +
    'how many of them are worked on at a time. `local`, this machine, is always there. It connects to nothing.',
  input: z.strictObject({}),
  output: z.object({
    site: z.string(),
    targets: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['local', 'ssh', 'docker', 'kubernetes']),
        reached: z.string().describe('As a person would say it: ops@db1, container web'),
        live: z.boolean().describe('False for a machine for rehearsals'),
        directory: z.string().nullable(),
        identity: z
          .record(z.string(), z.string())
          .describe('What it must prove to be; empty when anything under its name is taken'),
        groups: z.array(z.string()),
      }),
    ),
    groups: z.array(
      z.object({ name: z.string(), targets: z.array(z.string()), width: z.number(), errorLimit: z.number() }),
    ),
  }),
  permission: 'targets.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'target list', does: 'shows targets and groups' },
    { command: 'target list --json', does: 'the same for a script' },
  ],
  async handle({ services }) {
    const [{ knownTargets }, { describeAddress }] = await Promise.all([
      import('./targets.ts'),
      import('../targets/index.ts'),
    ]);
    const { site, targets, groups } = await knownTargets(services);
    return {
      site,
      targets: [...targets.values()].map(({ name, kind, address, live, directory, identity }) => ({
        name,
        kind,
        reached: describeAddress(address),
        live,
        directory: directory ?? null,
        identity: { ...identity },
        groups: groups.filter((group) => group.targets.includes(name)).map((group) => group.name),
      })),
      groups: groups.map((group) => ({ ...group, targets: [...group.targets] })),
    };
  },
  text({ targets, groups }, style) {
    const width = Math.max(...[...targets, ...groups].map(({ name }) => name.length));
    const lines = targets.map((target) => {
      const known = Object.keys(target.identity);
      const proof = known.length === 0 ? style.yellow('not pinned') : `known by ${known.join(', ')}`;
      const live = target.live ? '' : ' · for rehearsals';
      return `${style.bold(target.name.padEnd(width))}  ${target.reached} · ${proof}${live}`;
    });
    for (const group of groups) {
      lines.push(
        `${style.bold(group.name.padEnd(width))}  ${group.targets.join(', ')} · ${group.width} at a time, stops after ${group.errorLimit} failed`,
      );
    }
    if (targets.some(({ identity }) => Object.keys(identity).length === 0)) {
      lines.push('', '`holdfast target identify` shows by what a target can be known.');
    }
    return lines.join('\n');
  },
});

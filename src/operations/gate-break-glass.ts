import { z } from 'zod';
import { GateName, gatesNamed, signedFields, untilOf } from './gates-input.ts';
import { defineOperation } from './types.ts';

export const gateBreakGlass = defineOperation({
  name: 'gate break-glass',
  title: 'Open a gate in an emergency, two people together',
  description:
    'When the owner of a gate cannot be reached: two different people of the site open it together, for an hour at most, with a reason. The ' +
    'first names the gate; the second joins with the id that is printed. It closes by itself, its owner is told, and every step that ' +
    'runs through it is recorded as such. On a site where one person decides alone that person breaks it alone, and every record ' +
    'says so.',
  input: z.strictObject({
    gate: GateName.optional().describe('The gate to open; not with --join'),
    join: z.string().optional().describe('The id of a glass that a first person has broken: be the second'),
    for: z.string().default('1h').describe('How long, at most 1h'),
    reason: z.string().default('').describe('Why it cannot wait for the owner'),
    scope: z.array(z.string()).default(['*']).describe('A target that it holds for, as "target db1"; all without it'),
    ...signedFields,
  }),
  output: z.object({
    site: z.string(),
    id: z.string(),
    gate: z.string(),
    open: z.boolean().describe('False until the second person has joined'),
    until: z.string(),
    by: z.array(z.string()),
    owners: z.array(z.string()).describe('Who must be told'),
  }),
  positional: ['gate'],
  permission: 'gates.break',
  effects: ['write'],
  keepsWords: true,
  faces: ['cli'],
  examples: [
    {
      command:
        'gate break-glass restore.run --reason "ledger is gone, kim is on a plane" --as lee --key ~/.ssh/id_ed25519',
      does: 'the first of two people',
    },
    {
      command: 'gate break-glass --join glass-1 --as park --key ~/.ssh/id_ed25519',
      does: 'the second: now it is open',
    },
  ],
  async handle({ services, signal, report }, input) {
    const [{ breakGlass, joinGlass }, { deciderOf, refuseOthers }, { HoldfastError }] = await Promise.all([
      import('../gates/break-glass.ts'),
      import('./decider.ts'),
      import('../errors/holdfast-error.ts'),
    ]);
    const [gate] = input.gate === undefined ? [] : gatesNamed([input.gate]);
    if ((gate === undefined) === (input.join === undefined)) {
      const suggestion = 'Name the gate, or the glass that you join. ';
      throw new HoldfastError('gate-unknown', { gate: input.gate ?? '""', suggestion });
    }
    refuseOthers(services, 'break a glass');
    const records = await services.records();
    const decider = await deciderOf(services, records, 'break a glass', input, signal, 'in force');
    const desk = { ...records, clock: services.clock };
    const breaker = { actor: services.actor, ...decider };
    const until = untilOf({ for: input.for }, services.clock.now());
    const broken =
      gate === undefined
        ? await joinGlass(records.database, desk, breaker, input.join ?? '')
        : await breakGlass(records.database, desk, breaker, { gate, until, reason: input.reason, scope: input.scope });
    await records.audit.publish();
    const { opening, complete, owners } = broken;
    if (complete) {
      const told = owners.length === 0 ? 'Its owner' : owners.join(', ');
      const message = `${told} must be told at once that the glass of ${opening.gate} is broken: no channel is set up that could.`;
      report({ kind: 'note', level: 'warning', message });
    }
    return {
      site: decider.site,
      id: opening.id,
      gate: opening.gate,
      open: complete,
      until: opening.expiresAt,
      by: opening.signedBy.length === 0 ? [opening.owner] : [...opening.signedBy],
      owners: [...owners],
    };
  },
  text: ({ id, gate, open, until, by }, style) =>
    open
      ? `${style.red('!')} The glass of ${style.bold(gate)} is broken by ${by.join(' and ')}: open until ${until} (${id})`
      : [
          `${style.yellow('○')} ${by.join(' and ')} broke the glass of ${style.bold(gate)}; it takes a second person:`,
          `  holdfast gate break-glass --join ${id} --as NAME --key FILE`,
        ].join('\n'),
});

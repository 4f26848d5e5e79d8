import { z } from 'zod';
import { GateName, gatesNamed } from './gates-input.ts';
import { defineOperation } from './types.ts';

export const gateClose = defineOperation({
  name: 'gate close',
  title: 'Close gates at once',
  description:
    'Closes everything that stands open of the gates named, or of all gates with --all. Whoever can reach Holdfast may close: a person, a ' +
    'token, an assistant. A step that was let in before goes on to its end; `runs cancel` stops it.',
  input: z.strictObject({
    gates: z.array(GateName).default([]).describe('Gates to close'),
    all: z.boolean().default(false).describe('Close every gate'),
    reason: z.string().default('').describe('Why'),
  }),
  output: z.object({ site: z.string(), closed: z.array(z.object({ id: z.string(), gate: z.string() })) }),
  positional: ['gates'],
  permission: 'gates.close',
  effects: ['write'],
  keepsWords: true,
  faces: ['cli', 'http'],
  examples: [
    { command: 'gate close restore.run', does: 'closes one gate' },
    { command: 'gate close --all --reason "something is wrong"', does: 'closes all of them' },
  ],
  async handle({ services }, input) {
    const [{ closeGates }, { authorityOf }, { gates: every }, { HoldfastError }] = await Promise.all([
      import('../gates/openings.ts'),
      import('./authority.ts'),
      import('../gates/types.ts'),
      import('../errors/holdfast-error.ts'),
    ]);
    const gates = input.all ? every : gatesNamed(input.gates);
    if (gates.length === 0)
      throw new HoldfastError('input-invalid', { operation: 'gate close', problems: 'name a gate, or say --all' });
    const { site } = await authorityOf(services);
    const records = await services.records();
    const closed = await records.database.transaction((transaction) =>
      closeGates(transaction, { ...records, clock: services.clock }, services.actor, {
        site,
        gates,
        reason: input.reason,
      }),
    );
    await records.audit.publish();
    return { site, closed: closed.map(({ id, gate }) => ({ id, gate })) };
  },
  text: ({ closed }, style) =>
    closed.length === 0
      ? 'Nothing of that was open.'
      : closed.map(({ id, gate }) => `${style.green('✔')} ${style.bold(gate)} is closed (${id})`).join('\n'),
});

import { z } from 'zod';
import { GateName, gatesNamed, signedFields, untilOf } from './gates-input.ts';
import { defineOperation } from './types.ts';

export const gateOpen = defineOperation({
  name: 'gate open',
  title: 'Open gates, for a while, as their owner',
  description:
    'All gates are closed by default, and nothing that has an effect runs while its gate is closed. A gate is opened by the answer of its ' +
    'owner: a reason, for which targets, until when, who follows up, who rolls back, how it is checked. It closes by itself. On a site ' +
    'with people the owner signs with their own SSH key; on a site without, one person decides alone, and every record says so. An ' +
    'assistant can open nothing.',
  input: z.strictObject({
    gates: z.array(GateName).min(1).describe('Gates to open, as `gate list` names them'),
    for: z.string().optional().describe('How long, as 8h or 90d; at most 366d'),
    until: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('Until when, instead of how long, as 2026-12-01T18:00:00+09:00'),
    reason: z.string().describe('Why'),
    scope: z
      .array(z.string())
      .default(['*'])
      .describe('A target that it holds for, as "asset ledger", "store ring" or "target db1"; all without it'),
    evidence: z.array(z.string()).default([]).describe('A ticket or document that it rests on'),
    followUpOwner: z.string().optional().describe('Who looks after what comes of it; the owner without it'),
    rollbackOwner: z.string().optional().describe('Who takes it back if it goes wrong; the owner without it'),
    windowFrom: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('Maintenance window: usable from, as 2026-12-01T18:00:00+09:00'),
    windowTo: z.iso.datetime({ offset: true }).optional().describe('Maintenance window: usable until then'),
    validationPlan: z.string().optional().describe('How it is checked afterwards; needed on a site with people'),
    ...signedFields,
  }),
  output: z.object({
    site: z.string(),
    mode: z.enum(['solo', 'team']),
    opened: z.array(
      z.object({
        id: z.string(),
        gate: z.string(),
        expiresAt: z.string(),
        owner: z.string(),
        scope: z.array(z.string()),
      }),
    ),
  }),
  positional: ['gates'],
  permission: 'gates.open',
  effects: ['write'],
  keepsWords: true,
  faces: ['cli'],
  examples: [
    { command: 'gate open backup.run restore.drill --for 90d --reason "nightly backups"', does: 'opens two gates' },
    {
      command:
        'gate open restore.run --for 2h --reason "INC-7" --scope "asset ledger" --validation-plan "drill, then counts" --as kim --key ~/.ssh/id_ed25519.pub',
      does: 'opens one for one asset, signed by its owner with a key of the agent',
    },
  ],
  async handle({ services, signal }, input) {
    const [{ openGates }, { deciderOf, refuseOthers }, { modeOf }] = await Promise.all([
      import('../gates/open-gates.ts'),
      import('./decider.ts'),
      import('../gates/policy.ts'),
    ]);
    const gates = gatesNamed(input.gates);
    // What is wrong with the words is said before anything is opened; the time counts from when it can be.
    untilOf(input, services.clock.now());
    refuseOthers(services, 'open a gate');
    const records = await services.records();
    const decider = await deciderOf(services, records, 'open a gate', input, signal);
    const until = untilOf(input, services.clock.now());
    const { windowFrom, windowTo, followUpOwner, rollbackOwner, validationPlan } = input;
    const window =
      windowFrom === undefined && windowTo === undefined
        ? {}
        : { window: { from: windowFrom ?? services.clock.now().toISOString(), to: windowTo ?? until.toISOString() } };
    const opened = await openGates(
      records.database,
      { ...records, clock: services.clock },
      { actor: services.actor, ...decider },
      {
        gates,
        until,
        reason: input.reason,
        scope: input.scope,
        evidence: input.evidence,
        ...window,
        ...(followUpOwner === undefined ? {} : { followUpOwner }),
        ...(rollbackOwner === undefined ? {} : { rollbackOwner }),
        ...(validationPlan === undefined ? {} : { validationPlan }),
      },
    );
    await records.audit.publish();
    return {
      site: decider.site,
      mode: modeOf(decider.policy),
      opened: opened.map(({ id, gate, expiresAt, owner, scope }) => ({
        id,
        gate,
        expiresAt,
        owner,
        scope: [...scope],
      })),
    };
  },
  text: ({ site, mode, opened }, style) =>
    opened
      .map(({ gate, expiresAt, owner, scope }) => {
        const reach = scope.includes('*') ? '' : ` for ${scope.join(', ')}`;
        const alone = mode === 'solo' ? style.dim(' (solo: nobody else was asked)') : '';
        return `${style.green('✔')} ${style.bold(gate)} of ${site} is open${reach} until ${expiresAt}, by ${owner}${alone}`;
      })
      .join('\n'),
});

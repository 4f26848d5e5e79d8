import { z } from 'zod';
import { ApprovalView, showApproval, viewOf } from './approval-view.ts';
import { signedFields } from './gates-input.ts';
import { defineOperation } from './types.ts';

export const approvalDeny = defineOperation({
  name: 'approval deny',
  title: 'Refuse a step that waits',
  description:
    'One denial is enough: the step fails and does not run. Whoever can reach Holdfast may deny; who signs with --as and --key is ' +
    'recorded as that person.',
  input: z.strictObject({
    id: z.string().describe('Id of the approval, as `approval list` shows it'),
    reason: z.string().default('').describe('Why'),
    as: signedFields.as,
    key: signedFields.key,
  }),
  output: ApprovalView,
  positional: ['id'],
  permission: 'approvals.deny',
  effects: ['write'],
  keepsWords: true,
  faces: ['cli', 'http'],
  examples: [
    {
      command: 'approval deny approval-20261120T020003Z-1f2e3d4c --reason "wrong host"',
      does: 'the step does not run',
    },
  ],
  async handle({ services, signal }, input) {
    const [{ vote }, { neededNow }, { authorityInForce, signerOf }] = await Promise.all([
      import('../gates/vote.ts'),
      import('../gates/requirements.ts'),
      import('./decider.ts'),
    ]);
    const records = await services.records();
    const authority = await authorityInForce(services, records);
    // Over HTTP nobody signs: a key file of this machine is not the caller's.
    const signs = services.actor.face === 'cli' && input.as !== undefined;
    const signer = signs ? { signer: signerOf(authority, { ...input, yes: false }, signal) } : {};
    const given = { id: input.id, grants: false, reason: input.reason };
    const desk = { ...records, clock: services.clock };
    const approval = await vote(records.database, desk, { actor: services.actor, ...authority, ...signer }, given);
    await records.audit.publish();
    return viewOf(approval, neededNow(approval, authority.policy));
  },
  text: showApproval,
});

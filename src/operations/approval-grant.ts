import { z } from 'zod';
import { ApprovalView, showApproval, viewOf } from './approval-view.ts';
import { signedFields } from './gates-input.ts';
import { defineOperation } from './types.ts';

export const approvalGrant = defineOperation({
  name: 'approval grant',
  title: 'Agree to a step that waits',
  description:
    'You agree to exactly what `approval list` shows: this command, on this target, with these effects, from this runbook. Change any of it and ' +
    'your agreement is void. Nobody agrees to what they asked for or run themselves, and no assistant agrees to anything. On a site with ' +
    'people you sign with your own SSH key.',
  input: z.strictObject({
    id: z.string().describe('Id of the approval, as `approval list` shows it'),
    reason: z.string().default('').describe('Why'),
    ...signedFields,
  }),
  output: ApprovalView,
  positional: ['id'],
  permission: 'approvals.grant',
  effects: ['write'],
  keepsWords: true,
  faces: ['cli'],
  examples: [
    {
      command: 'approval grant approval-20261120T020003Z-1f2e3d4c --as lee --key ~/.ssh/id_ed25519.pub',
      does: 'agrees, signed with a key of the agent',
    },
  ],
  async handle({ services, signal }, input) {
    const [{ vote }, { neededNow }, { deciderOf, refuseOthers }] = await Promise.all([
      import('../gates/vote.ts'),
      import('../gates/requirements.ts'),
      import('./decider.ts'),
    ]);
    refuseOthers(services, 'agree to a step');
    const records = await services.records();
    const decider = await deciderOf(services, records, 'agree to a step', input, signal);
    const voter = { actor: services.actor, ...decider };
    const given = { id: input.id, grants: true, reason: input.reason };
    const approval = await vote(records.database, { ...records, clock: services.clock }, voter, given);
    await records.audit.publish();
    return viewOf(approval, neededNow(approval, decider.policy));
  },
  text: showApproval,
});

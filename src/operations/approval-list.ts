import { z } from 'zod';
import { ApprovalView, showApproval, viewOf } from './approval-view.ts';
import { defineOperation } from './types.ts';

export const approvalList = defineOperation({
  name: 'approval list',
  title: 'Show what waits for somebody to agree',
  description:
    'Steps that need the agreement of others wait until enough of them agreed, one denied, or the time is over. Each is shown with all that ' +
    'is agreed to: the command as it would run, its target, what it does, who asked.',
  input: z.strictObject({
    all: z.boolean().default(false).describe('Also those that are over'),
    limit: z.coerce.number().int().min(1).max(1000).default(50).describe('How many at most'),
  }),
  output: z.object({ site: z.string(), approvals: z.array(ApprovalView) }),
  permission: 'approvals.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'approval list', does: 'shows what waits and what stands' },
    { command: 'approval list --all --limit 5', does: 'the last five, whatever became of them' },
  ],
  async handle({ services }, { all, limit }) {
    const [{ listApprovals }, { policyInForce }, { neededNow }, { authorityOf }] = await Promise.all([
      import('../gates/approvals.ts'),
      import('../gates/adopt-policy.ts'),
      import('../gates/requirements.ts'),
      import('./authority.ts'),
    ]);
    const authority = await authorityOf(services);
    const { site } = authority;
    const { database } = await services.records();
    const { policy } = (await policyInForce(database, site)) ?? authority;
    const found = await listApprovals(database, site, { all, limit, now: services.clock.now() });
    return { site, approvals: found.map((one) => viewOf(one, neededNow(one, policy))) };
  },
  text: ({ approvals }, style) =>
    approvals.length === 0 ? 'Nothing waits.' : approvals.map((one) => showApproval(one, style)).join('\n\n'),
});

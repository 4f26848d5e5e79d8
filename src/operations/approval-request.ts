import { z } from 'zod';
import type { Effect } from '../gates/types.ts';
import { ApprovalView, showApproval, viewOf } from './approval-view.ts';
import { defineOperation } from './types.ts';

const effects = ['read', 'secret', 'write', 'destroy', 'remote-delete', 'privilege', 'egress', 'disrupt', 'unknown'];

export const approvalRequest = defineOperation({
  name: 'approval request',
  title: 'Ask ahead for the agreement that a planned step will need',
  description:
    'A step that needs the agreement of others asks for it by itself when it is reached. To have it beforehand, ask with what ' +
    '`approval list --all --json` shows of an earlier request for the same step: hash, name, target, effects, command and runbook. The hash holds who the ' +
    'target proved to be, so that nobody can tell it before a run was there. The first step that is exactly that takes the approval, once. ' +
    'Whoever asks cannot be among those who agree.',
  input: z.strictObject({
    subject: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal')
      .describe('Hash of the step, as an earlier request shows it'),
    step: z.string().describe('Name of the step, as s4.1: its first attempt'),
    target: z.string().describe('What it acts on, as an earlier request shows it'),
    effects: z.array(z.enum(effects)).min(1).describe('What it does, each effect once'),
    command: z.string().describe('The command, as an earlier request shows it'),
    runbook: z.string().optional().describe('Path of the runbook, as an earlier request shows it'),
  }),
  output: ApprovalView,
  positional: ['subject'],
  permission: 'approvals.request',
  effects: ['write'],
  keepsWords: true,
  faces: ['cli', 'http'],
  examples: [
    {
      command:
        'approval request 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --step s4.1 --target "target db1" --effects destroy --command "rm -rf /srv/old" --runbook /srv/runbooks/old.md',
      does: 'asks before the run is started',
    },
  ],
  async handle({ services }, input) {
    const [{ recordRequest }, { neededFor, neededNow }, { adoptAuthority }] = await Promise.all([
      import('../gates/approval-requests.ts'),
      import('../gates/requirements.ts'),
      import('./authority.ts'),
    ]);
    const records = await services.records();
    const desk = { ...records, clock: services.clock };
    const { site, policy } = await adoptAuthority(services, desk, services.actor);
    const { step, target, command, runbook } = input;
    const does = input.effects as Effect[];
    const request = {
      actor: services.actor,
      site,
      run: '',
      step,
      effects: does,
      target,
      subject: {
        command,
        sha256: input.subject,
        target,
        effects: does,
        ...(runbook === undefined ? {} : { runbook }),
      },
    };
    const needed = neededFor(request, policy);
    const approval = await records.database.transaction((transaction) =>
      recordRequest(transaction, desk, request, needed),
    );
    await records.audit.publish();
    return viewOf(approval, neededNow(approval, policy));
  },
  text: showApproval,
});

import { newRunId } from '../lib/ids.ts';
import type { Queryable } from '../store/types.ts';
import { bindingOf } from './binding.ts';
import type { Desk } from './decide.ts';
import type { Needed } from './requirements.ts';
import type { Approval, Request, Subject } from './types.ts';

/** Asks for the approval of a step, or of one that is planned: then `run` is empty. With its leaf. */
export async function recordRequest(
  transaction: Queryable,
  { audit, clock }: Desk,
  request: Omit<Request, 'gates'>,
  { requirements, expiresMs }: Needed,
): Promise<Approval> {
  const now = clock.now();
  const approval: Approval = {
    id: newRunId('approval', now),
    site: request.site,
    run: request.run,
    ahead: request.run === '',
    step: request.step,
    binding: bindingOf(request),
    target: request.target,
    effects: [...request.effects],
    subject: request.subject,
    requirements,
    requestedBy: request.actor.name,
    requestedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + expiresMs).toISOString(),
    state: 'waiting',
    votes: [],
  };
  await transaction.query(
    `insert into approvals (id, site, run, ahead, step, binding, target, effects, subject, requirements, requested_by,
                            requested_at, expires_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting')`,
    [
      approval.id,
      approval.site,
      approval.run,
      approval.ahead,
      approval.step,
      approval.binding,
      approval.target,
      JSON.stringify(approval.effects),
      JSON.stringify(approval.subject),
      JSON.stringify(requirements),
      approval.requestedBy,
      approval.requestedAt,
      approval.expiresAt,
    ],
  );
  await audit.append(
    {
      kind: 'approval-requested',
      time: approval.requestedAt,
      actor: approval.requestedBy,
      ...(approval.run === '' ? {} : { run: approval.run }),
      step: approval.step,
      facts: {
        approval: approval.id,
        site: approval.site,
        target: approval.target,
        effects: [...approval.effects],
        // With these, and the votes, whoever has the log can verify each signature again.
        subject: plainSubject(approval.subject),
        ahead: approval.ahead,
        binding: approval.binding,
        requirements: requirements.map(({ need, roles }) => ({ need, roles: [...roles] })),
        expiresAt: approval.expiresAt,
      },
    },
    { transaction },
  );
  return approval;
}

/** A leaf holds at most 64 kB: a longer command is cut there, and whole in the records. */
function plainSubject({ command, sha256, target, runbook, effects }: Subject) {
  const known = { command: command.slice(0, 12_000), sha256, target, effects: [...effects] };
  return runbook === undefined ? known : { ...known, runbook };
}

/** Gives an approval that was asked for ahead to the step that is exactly what was approved: once. */
export async function takeApproval(
  transaction: Queryable,
  { audit, clock }: Desk,
  request: Request,
  approval: Approval,
): Promise<void> {
  const taken = await transaction.query(`update approvals set run = $2 where id = $1 and run = '' returning id`, [
    approval.id,
    request.run,
  ]);
  if (taken.length === 0) return;
  await audit.append(
    {
      kind: 'approval-taken',
      time: clock.now().toISOString(),
      actor: request.actor.name,
      run: request.run,
      step: request.step,
      facts: { approval: approval.id, binding: approval.binding },
    },
    { transaction },
  );
}

/** What was approved is no longer what would be done. */
export async function voidApproval(
  transaction: Queryable,
  { audit, clock }: Desk,
  request: Request,
  approval: Approval,
): Promise<void> {
  await transaction.query(`update approvals set state = 'void' where id = $1`, [approval.id]);
  await audit.append(
    {
      kind: 'approval-void',
      time: clock.now().toISOString(),
      actor: request.actor.name,
      run: request.run,
      step: request.step,
      facts: { approval: approval.id, approved: approval.binding, asked: bindingOf(request) },
    },
    { transaction },
  );
}

import { z } from 'zod';
import type { Approval, Requirement } from '../gates/types.ts';
import type { Style } from './types.ts';

/** An approval as the faces show it: all that is agreed to. */
export const ApprovalView = z.object({
  id: z.string(),
  site: z.string(),
  run: z.string().describe('Empty for one that was asked for ahead'),
  step: z.string(),
  state: z.enum(['waiting', 'granted', 'denied', 'expired', 'void']),
  command: z.string().describe('What would be done, without secrets'),
  sha256: z.string().describe('Hash of the resolved command, target, identity, runbook and effects'),
  target: z.string(),
  runbook: z.string().optional(),
  effects: z.array(z.string()),
  requestedBy: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  needs: z
    .array(z.object({ need: z.number(), roles: z.array(z.string()) }))
    .describe('How many must agree, as it stands now'),
  votes: z.array(
    z.object({ by: z.string(), at: z.string(), grants: z.boolean(), reason: z.string(), signed: z.boolean() }),
  ),
});
export type ApprovalView = z.output<typeof ApprovalView>;

export function viewOf(approval: Approval, needed: readonly Requirement[]): ApprovalView {
  const { subject, requirements: _requirements, votes, binding: _binding, ahead: _ahead, effects, ...plain } = approval;
  return {
    ...plain,
    command: subject.command,
    sha256: subject.sha256,
    ...(subject.runbook === undefined ? {} : { runbook: subject.runbook }),
    effects: [...new Set([...effects, ...subject.effects])],
    needs: needed.map(({ need, roles }) => ({ need, roles: [...roles] })),
    votes: votes.map(({ by, at, grants, reason, signature }) => ({
      ...{ by, at, grants, reason },
      signed: signature !== undefined,
    })),
  };
}

export function showApproval(approval: ApprovalView, style: Style): string {
  const colour = {
    waiting: style.yellow,
    granted: style.green,
    denied: style.red,
    expired: style.dim,
    void: style.dim,
  };
  const { id, state, run, step, target, effects, runbook, command } = approval;
  const needs = approval.needs.map(
    ({ need, roles }) => `${need}${roles.length === 0 ? '' : ` of ${roles.join(' or ')}`}`,
  );
  return [
    `${style.bold(id)}  ${colour[state](state)} · until ${approval.expiresAt} · asked for by ${approval.requestedBy} · needs ${needs.join(' and ')}`,
    `  ${run === '' ? 'planned' : run} ${step} · on ${target} · ${effects.join(', ')}${runbook === undefined ? '' : ` · ${runbook}`}`,
    ...command.split('\n').map((line) => `    ${line}`),
    ...approval.votes.map(
      ({ by, grants, reason, at }) =>
        `  ${grants ? style.green('✔') : style.red('✘')} ${by} ${style.dim(at)}${reason === '' ? '' : `  ${reason}`}`,
    ),
  ].join('\n');
}

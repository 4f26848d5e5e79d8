import type { Approval, Effect, Requirement, Subject, Vote } from './types.ts';

/** A row of `approvals` with its votes, as JSON or as node-postgres gives it. */
export interface ApprovalRow {
  readonly id: string;
  readonly site: string;
  readonly run: string;
  readonly ahead: boolean;
  readonly step: string;
  readonly binding: string;
  readonly target: string;
  readonly effects: readonly Effect[];
  readonly subject: Subject;
  readonly requirements: readonly Requirement[];
  readonly requested_by: string;
  readonly requested_at: Date | string;
  readonly expires_at: Date | string;
  readonly state: Approval['state'];
  readonly votes: readonly VoteRow[] | null;
}

interface VoteRow {
  readonly voter: string;
  readonly kind: Vote['kind'];
  readonly at: Date | string;
  readonly grants: boolean;
  readonly reason: string;
  readonly key: string | null;
  readonly signature: string | null;
}

/** Times come out as they were signed: ISO, with milliseconds. */
export function asApproval(row: ApprovalRow): Approval {
  const { id, site, run, ahead, step, binding, target, effects, subject, requirements, state } = row;
  return {
    id,
    site,
    run,
    ahead,
    step,
    binding,
    target,
    effects,
    subject,
    requirements,
    state,
    requestedBy: row.requested_by,
    requestedAt: iso(row.requested_at),
    expiresAt: iso(row.expires_at),
    votes: (row.votes ?? []).map(({ voter, kind, at, grants, reason, key, signature }) => ({
      by: voter,
      kind,
      at: iso(at),
      grants,
      reason,
      ...(key === null ? {} : { key }),
      ...(signature === null ? {} : { signature }),
    })),
  };
}

/** SQL: an approval with its votes. */
export const selectApprovals = `select approvals.*,
  (select json_agg(v order by v.at) from approval_votes as v where v.approval = approvals.id) as votes
  from approvals`;

function iso(time: Date | string): string {
  return new Date(time).toISOString();
}

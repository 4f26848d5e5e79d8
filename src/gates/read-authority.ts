import type { Queryable } from '../store/types.ts';
import { type ApprovalRow, asApproval } from './approval-rows.ts';
import type { Authority } from './authorize.ts';
import { bindingOf } from './binding.ts';
import type { KeptOpening } from './opening-holds.ts';
import type { Policy } from './policy.ts';
import type { Opening, Request, Signature } from './types.ts';

/**
 * All that was decided about a request, in one question, within the transaction that also records the answer. What it reads is
 * held until that is committed: a gate that is closed meanwhile is closed after the record of its last use, not before.
 */
export async function readAuthority(transaction: Queryable, request: Request, now: Date): Promise<Authority> {
  const [row] = await transaction.query<AuthorityRow>(
    `select
       (select policy from (select policy from authority where site = $1 for share) as held) as policy,
       exists (select from authority where site <> $1 and mode = 'team') as team_elsewhere,
       (select json_agg(held) from (
          select opening, signatures, complete, closed_at from openings
          where site = $1 and gate = any($2) and closed_at is null and expires_at > $3
          order by complete desc, expires_at desc limit 200 for share
        ) as held) as openings,
       (select json_agg(found) from (
          select approvals.*, (select json_agg(v order by v.at) from approval_votes as v where v.approval = approvals.id) as votes
          from approvals
          where site = $1 and (run = $4 and step = $5 or run = '' and binding = $6)
          order by requested_at desc
        ) as found) as approvals`,
    [
      request.site,
      request.gates,
      new Date(now.getTime() - rememberedMs).toISOString(),
      request.run,
      request.step,
      bindingOf(request),
    ],
  );
  return {
    policy: row?.policy ?? undefined,
    teamElsewhere: row?.team_elsewhere ?? false,
    openings: (row?.openings ?? []).map(asKept),
    approvals: (row?.approvals ?? []).map(asApproval),
  };
}

/** An opening that ended lately is still read: a refusal then says since when it is closed. */
const rememberedMs = 7 * 86_400_000;

interface AuthorityRow {
  readonly policy: Policy | null;
  readonly team_elsewhere: boolean;
  readonly openings: readonly OpeningRow[] | null;
  readonly approvals: readonly ApprovalRow[] | null;
}

/** A row of `openings` as far as a decision needs it. */
export interface OpeningRow {
  readonly opening: Opening;
  readonly signatures: readonly Signature[];
  readonly complete: boolean;
  readonly closed_at: Date | string | null;
}

export function asKept({ opening, signatures, complete, closed_at }: OpeningRow): KeptOpening {
  const closedAt = closed_at === null ? {} : { closedAt: new Date(closed_at).toISOString() };
  return { opening, signatures, complete, ...closedAt };
}

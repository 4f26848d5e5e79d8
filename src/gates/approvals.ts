import type { Queryable } from '../store/types.ts';
import { type ApprovalRow, asApproval, selectApprovals } from './approval-rows.ts';
import type { Approval } from './types.ts';

/** Approvals of a site, newest first; without `all` those that still wait or stand. */
export async function listApprovals(
  database: Queryable,
  site: string,
  asked: { readonly all: boolean; readonly now: Date; readonly limit: number },
): Promise<readonly Approval[]> {
  const rows = await database.query<ApprovalRow>(
    `${selectApprovals}
     where site = $1 and ($2 or state in ('waiting', 'granted') and expires_at > $3)
     order by requested_at desc limit $4`,
    [site, asked.all, asked.now.toISOString(), asked.limit],
  );
  return rows.map((row) => seenAt(asApproval(row), asked.now));
}

/** Approvals that the steps of a run and of its branches asked for, oldest first: who agreed is in their votes. */
export async function approvalsOfRun(database: Queryable, run: string): Promise<readonly Approval[]> {
  const rows = await database.query<ApprovalRow>(
    `${selectApprovals} where run = $1 or starts_with(run, $1 || '/') order by requested_at`,
    [run],
  );
  return rows.map(asApproval);
}

export async function findApproval(database: Queryable, site: string, id: string): Promise<Approval | undefined> {
  const [row] = await database.query<ApprovalRow>(`${selectApprovals} where site = $1 and id = $2`, [site, id]);
  return row === undefined ? undefined : asApproval(row);
}

/** One whose time is over is expired, also when no step looked at it since. */
function seenAt(approval: Approval, now: Date): Approval {
  const over = Date.parse(approval.expiresAt) <= now.getTime();
  return over && (approval.state === 'waiting' || approval.state === 'granted')
    ? { ...approval, state: 'expired' }
    : approval;
}

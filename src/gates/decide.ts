import type { AuditLog } from '../audit/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Queryable } from '../store/types.ts';
import { recordRequest, takeApproval, voidApproval } from './approval-requests.ts';
import { authorize } from './authorize.ts';
import { readAuthority } from './read-authority.ts';
import type { Decision, Request } from './types.ts';

/** What deciding needs besides the request. */
export interface Desk {
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/**
 * Decides about a request within a transaction: reads what stands in the database, judges, and writes what follows from it (an
 * approval asked for, taken or void). The caller writes the leaf about the decision in the same transaction.
 */
export async function decide(transaction: Queryable, desk: Desk, request: Request): Promise<Decision> {
  for (;;) {
    const now = desk.clock.now();
    const judgement = authorize(request, await readAuthority(transaction, request, now), now);
    if (judgement.allowed === 'take') {
      // Another step may have taken it in this very moment: then this one asks anew.
      await takeApproval(transaction, desk, request, judgement.approval);
      continue;
    }
    if (judgement.allowed === false && judgement.code === 'approval-expired') {
      await transaction.query(`update approvals set state = 'expired' where id = $1`, [judgement.approval]);
    }
    if (judgement.allowed !== 'ask') return judgement;
    for (const changed of judgement.changed) await voidApproval(transaction, desk, request, changed);
    const approval = await recordRequest(transaction, desk, request, judgement.needed);
    return { allowed: 'waiting', mode: judgement.mode, reason: judgement.reason, approval: approval.id };
  }
}

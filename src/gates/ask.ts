import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Database, Queryable } from '../store/types.ts';
import { type Desk, decide } from './decide.ts';
import { openCommand } from './open-command.ts';
import type { Decision, Refusal, Request } from './types.ts';

/**
 * Asks for work that is no durable run, as watching: the answer is in the audit log before anything is done. Throws
 * `gate-closed` and the other refusals, `approval-waiting` where somebody must agree first, and what writing the leaf throws:
 * what cannot be recorded is not done.
 */
export async function askGate(database: Database, desk: Desk, request: Request): Promise<Decision> {
  const decision = await database.transaction(async (transaction) => {
    const decided = await decide(transaction, desk, request);
    await appendDecision(transaction, desk, request, decided);
    return decided;
  });
  if (decision.allowed === false) throw refusalOf(request, decision);
  if (decision.allowed === 'waiting') {
    const { approval, reason } = decision;
    throw new HoldfastError('approval-waiting', { step: request.step, approval, reason });
  }
  return decision;
}

/** The error that a refused step fails with. */
export function refusalOf(
  { step, gates, target }: Pick<Request, 'step' | 'gates' | 'target'>,
  decision: Extract<Decision, { allowed: false }>,
): HoldfastError<Refusal> {
  const { code, reason, closed, mode } = decision;
  const gate = (closed.length === 0 ? gates : closed).join(', ');
  const open = openCommand(closed, mode);
  return new HoldfastError(code, { step, gate, target, reason, open, approval: decision.approval ?? '' });
}

async function appendDecision(
  transaction: Queryable,
  { audit, clock }: Desk,
  { actor, run, step, gates, effects, target }: Request,
  { allowed, mode, reason }: Decision,
): Promise<void> {
  await audit.append(
    {
      kind: 'decision',
      time: clock.now().toISOString(),
      actor: actor.name,
      run,
      step,
      facts: { gates: [...gates], effects: [...effects], target, allowed: allowed === true, mode, reason },
    },
    { transaction },
  );
}

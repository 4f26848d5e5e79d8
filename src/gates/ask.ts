import type { AuditLog } from '../audit/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Clock } from '../lib/clock.ts';
import { authorize } from './authorize.ts';
import type { Decision, Request } from './types.ts';

/**
 * Asks for work that is no durable run, as watching: the answer is in the audit log before anything is done. Throws
 * `gate-closed`, and what writing the leaf throws: what cannot be recorded is not done.
 */
export async function askGate(audit: AuditLog, clock: Clock, request: Request): Promise<Decision> {
  const decision = authorize(request);
  const { actor, run, step, gate, effects, target } = request;
  await audit.append({
    kind: 'decision',
    time: clock.now().toISOString(),
    actor: actor.name,
    run,
    step,
    facts: { gate, effects, target, allowed: decision.allowed, mode: decision.mode, reason: decision.reason },
  });
  if (!decision.allowed) throw new HoldfastError('gate-closed', { step, gate, target, reason: decision.reason });
  return decision;
}

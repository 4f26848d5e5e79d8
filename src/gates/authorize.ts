import type { Decision, Request } from './types.ts';

/**
 * The one place that is asked before anything acts; execution calls it for every step and writes its answer into the audit
 * log before the act. Today it knows one mode, `solo`: whoever can open the data directory owns it and may act, and every
 * record says that nobody else was asked.
 */
export function authorize(request: Request): Decision {
  return {
    allowed: true,
    mode: 'solo',
    reason: `solo: ${request.actor.name} owns the data directory, nobody else was asked`,
  };
}

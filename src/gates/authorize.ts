import { bindingOf } from './binding.ts';
import { type KeptOpening, whyNot } from './opening-holds.ts';
import { modeOf, type Policy, soloPolicy } from './policy.ts';
import { counting, eligible, type Needed, neededCount, neededFor } from './requirements.ts';
import type { Approval, Decision, Gate, Mode, Refusal, Request } from './types.ts';

/** All that was decided about a request, as it stands in the database at this moment. */
export interface Authority {
  /** The policy in force; undefined for a site of which nothing was accepted yet. */
  readonly policy: Policy | undefined;
  /** Another site of this database has people: then an unknown site is not free for all. */
  readonly teamElsewhere: boolean;
  /** Openings of the gates asked for. */
  readonly openings: readonly KeptOpening[];
  /** Approvals of this very step, newest first, and those asked for ahead that fit it. */
  readonly approvals: readonly Approval[];
}

/** A decision, or what must be written before it can be one. */
export type Judgement =
  | Decision
  /** Nobody was asked yet. `changed` are approvals of something else that this step had before. */
  | {
      readonly allowed: 'ask';
      readonly mode: Mode;
      readonly reason: string;
      readonly needed: Needed;
      readonly changed: readonly Approval[];
    }
  /** Asked for ahead: this step takes it. */
  | { readonly allowed: 'take'; readonly mode: Mode; readonly approval: Approval };

/**
 * The one place that says yes or no; execution asks it for every step and writes its answer into the audit log before the
 * act. Pure: a request, what was decided, the time. Everything is closed that nobody opened.
 */
export function authorize(request: Request, authority: Authority, now: Date): Judgement {
  const policy = authority.policy ?? soloPolicy;
  const mode = modeOf(policy);
  const refuse = (code: Refusal, reason: string, rest: { closed?: readonly Gate[]; approval?: string } = {}) =>
    ({ allowed: false, mode, reason, closed: [], code, ...rest }) as const;

  if (authority.policy === undefined && authority.teamElsewhere) {
    return refuse(
      'authority-unknown',
      `nobody accepted who decides at ${request.site}, and other sites here have people`,
    );
  }
  if (request.gates.length === 0 && request.effects.some((effect) => effect !== 'none')) {
    return refuse('gates-missing', `it has effects (${request.effects.join(', ')}) and names no gate`);
  }
  const opened = openGates(request, authority.openings, policy, now);
  if (opened.closed.length > 0) return refuse('gate-closed', opened.why, { closed: opened.closed });
  const needed = neededFor(request, policy);
  if (needed.requirements.length === 0) {
    return { allowed: true, mode, reason: `${mode}: ${opened.why}`, by: [], ...opened.glass };
  }
  return judgeApprovals(request, authority.approvals, { policy, needed, now, opened });
}

interface Opened {
  readonly closed: readonly Gate[];
  readonly why: string;
  readonly glass: { readonly broken?: readonly Gate[] };
}

function openGates({ gates, target }: Request, openings: readonly KeptOpening[], policy: Policy, now: Date): Opened {
  const closed: Gate[] = [];
  const broken: Gate[] = [];
  const reasons: string[] = [];
  for (const gate of gates) {
    const ofGate = openings.filter(({ opening }) => opening.gate === gate);
    const why = ofGate.map((kept) => ({ kept, not: whyNot(kept, { policy, target, now }) }));
    const holding = why.find(({ not }) => not === undefined)?.kept.opening;
    if (holding === undefined) {
      closed.push(gate);
      const [nearest] = why;
      reasons.push(nearest === undefined ? `${gate} is closed` : `${gate} is closed: ${nearest.not}`);
    } else {
      if (holding.kind === 'break-glass') broken.push(gate);
      reasons.push(
        `${gate} ${holding.kind === 'break-glass' ? 'broken open' : 'opened'} by ${holding.owner}, ${holding.id}`,
      );
    }
  }
  const shown = closed.length > 0 ? reasons.filter((reason) => reason.includes(' is closed')) : reasons;
  return {
    closed,
    why: shown.length === 0 ? 'it has no effect' : shown.join('; '),
    glass: broken.length === 0 ? {} : { broken },
  };
}

interface Asked {
  readonly policy: Policy;
  readonly needed: Needed;
  readonly now: Date;
  readonly opened: Opened;
}

function judgeApprovals(request: Request, approvals: readonly Approval[], asked: Asked): Judgement {
  const { policy, needed, now, opened } = asked;
  const mode = modeOf(policy);
  const binding = bindingOf(request);
  const ofStep = approvals.filter(({ run, state }) => run === request.run && state !== 'void');
  const approval = ofStep.find((one) => one.binding === binding);
  if (approval === undefined) {
    const ahead = approvals.find((one) => one.run === '' && one.binding === binding && isOpen(one, now));
    if (ahead !== undefined) return { allowed: 'take', mode, approval: ahead };
    const missing = whoIsMissing([request.actor.name], asked);
    if (missing !== undefined) return refusal(mode, 'approval-impossible', missing);
    const reason = words(request, [request.actor.name], asked);
    return { allowed: 'ask', mode, reason, needed, changed: ofStep };
  }
  const { id } = approval;
  const refuse = (code: Refusal, reason: string) => ({ ...refusal(mode, code, reason), approval: id });
  const denial = approval.votes.find((vote) => !vote.grants);
  if (denial !== undefined || approval.state === 'denied') {
    return refuse('approval-denied', denial === undefined ? 'denied' : `${denial.by} denied it: ${denial.reason}`);
  }
  if (approval.state === 'expired' || Date.parse(approval.expiresAt) <= now.getTime()) {
    const some = approval.votes.map(({ by }) => by).join(', ');
    const who = some === '' ? 'nobody agreed' : `${some} agreed, and not enough others`;
    return refuse('approval-expired', `${who} before ${approval.expiresAt}`);
  }
  const involved = [request.actor.name, approval.requestedBy];
  const votes = needed.requirements.map((one) => counting(approval, one, policy, involved));
  const enough = needed.requirements.every(
    (one, index) => (votes[index]?.length ?? 0) >= neededCount(policy, one, involved),
  );
  if (!enough) return { allowed: 'waiting', mode, reason: words(request, involved, asked), approval: id };
  const by = [...new Set(votes.flat().map((vote) => vote.by))];
  return {
    allowed: true,
    mode,
    reason: `${mode}: ${opened.why}; ${by.join(', ')} agreed`,
    by,
    approval: id,
    ...opened.glass,
  };
}

function refusal(mode: Mode, code: Refusal, reason: string) {
  return { allowed: false, mode, reason, closed: [], code } as const;
}

function isOpen({ state, expiresAt }: Approval, now: Date): boolean {
  return (state === 'waiting' || state === 'granted') && Date.parse(expiresAt) > now.getTime();
}

/** Better told at once than after an hour of waiting: not so many people are there as must agree. */
function whoIsMissing(involved: readonly string[], { policy, needed }: Asked): string | undefined {
  if (modeOf(policy) === 'solo') return undefined;
  for (const one of needed.requirements) {
    const able = eligible(policy, one, involved);
    const need = neededCount(policy, one, involved);
    if (able.length >= need) continue;
    const roles = one.roles.length === 0 ? '' : ` with the role ${one.roles.join(' or ')}`;
    return `${need} must agree, and besides ${involved.join(', ')} the site has ${able.length}${roles}`;
  }
  return undefined;
}

function words(request: Request, involved: readonly string[], { policy, needed }: Asked): string {
  if (modeOf(policy) === 'solo') return `an assistant asked; a person must agree`;
  const stranger = neededCount(policy, { need: 0, roles: [] }, involved) > 0;
  const parts = needed.requirements.map(
    (one) => `${neededCount(policy, one, involved)} of these must agree: ${eligible(policy, one, involved).join(', ')}`,
  );
  const why = stranger ? ` (${request.actor.name} may be one of them: no person of that name is known here)` : '';
  return `${[...new Set(parts)].join(' and ')}${why}`;
}

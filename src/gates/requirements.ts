import { isSigned, voteText } from './decision-text.ts';
import { distinctSigners, hasKey, modeOf, type Policy, personOf } from './policy.ts';
import type { Approval, Effect, Request, Requirement, Vote } from './types.ts';

/** Which agreements a step needs, and how long they are good for. */
export interface Needed {
  readonly requirements: readonly Requirement[];
  readonly expiresMs: number;
}

/** How long an approval is good for that only the runbook asks for. */
const defaultExpiresMs = 3_600_000;

/**
 * What a policy and the runbook's author ask for. Solo, nobody else is there to be asked; but what an assistant does there
 * with such effects needs the person.
 */
export function neededFor(request: Pick<Request, 'actor' | 'effects' | 'subject' | 'approve'>, policy: Policy): Needed {
  const effects = new Set<Effect>([...request.effects, ...request.subject.effects]);
  const rules = policy.approvals.filter((rule) => rule.effects.some((effect) => effects.has(effect)));
  const expiresMs = rules.length === 0 ? defaultExpiresMs : Math.min(...rules.map(({ expires }) => expires));
  const asked = [...rules, ...(request.approve === undefined ? [] : [request.approve])];
  if (asked.length === 0) return { requirements: [], expiresMs };
  if (modeOf(policy) === 'solo') {
    return { requirements: request.actor.kind === 'assistant' ? [{ need: 1, roles: [] }] : [], expiresMs };
  }
  return { requirements: asked.map(({ need, roles }) => ({ need, roles: [...roles] })), expiresMs };
}

/** Who may agree to what somebody runs and somebody asked for: never they themselves, nor by a name that has a key of theirs. */
export function eligible(policy: Policy, { roles }: Requirement, involved: readonly string[]): string[] {
  const own = involved.flatMap((name) => personOf(policy, name)?.keys ?? []);
  return Object.entries(policy.people)
    .filter(
      ([name, person]) =>
        !involved.includes(name) && isOneOf(person.roles, roles) && !own.some((key) => hasKey(policy, name, key)),
    )
    .map(([name]) => name);
}

/**
 * How many must agree. Where those who run and ask are no people that the site knows (a shared account, a token, a schedule),
 * any one of those who agree may be the one who runs it: then one more must.
 */
export function neededCount(policy: Policy, { need }: Requirement, involved: readonly string[]): number {
  if (modeOf(policy) === 'solo') return need;
  return involved.some((name) => personOf(policy, name) === undefined) ? need + 1 : need;
}

/** What an approval needs by this policy now: one more where it was asked for by somebody that the site does not know. */
export function neededNow({ requirements, requestedBy }: Approval, policy: Policy): Requirement[] {
  return requirements.map((one) => ({ need: neededCount(policy, one, [requestedBy]), roles: one.roles }));
}

/** The votes that count towards a requirement now. */
export function counting(
  approval: Approval,
  requirement: Requirement,
  policy: Policy,
  involved: readonly string[],
): Vote[] {
  const grants = approval.votes.filter((vote) => vote.grants && vote.kind === 'person');
  if (modeOf(policy) === 'solo') return grants;
  const able = eligible(policy, requirement, involved);
  const signed = grants.flatMap((vote) => {
    const { by, key, signature } = vote;
    if (key === undefined || signature === undefined) return [];
    const own = able.includes(by) && hasKey(policy, by, key);
    return own && isSigned(approval.site, voteText(approval, vote), { key, signature }) ? [{ ...vote, key }] : [];
  });
  return distinctSigners(signed);
}

function isOneOf(own: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || own.some((role) => wanted.includes(role));
}

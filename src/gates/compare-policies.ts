import { keyOf, modeOf, ownersOf, type Policy, policyOwnersOf } from './policy.ts';
import { gates } from './types.ts';

/** How a policy differs from the one in force, in words for a person. */
export interface PolicyChange {
  /** What it gives that was not given: to be accepted. */
  readonly weaker: readonly string[];
  readonly stricter: readonly string[];
}

/** Compares a proposed policy with the one in force. Where one person decides alone there is nothing to weaken. */
export function comparePolicies(inForce: Policy, proposed: Policy): PolicyChange {
  const weaker: string[] = [];
  const stricter: string[] = [];
  if (modeOf(inForce) === 'solo') {
    if (modeOf(proposed) === 'team') stricter.push('people decide here from now on');
    return { weaker, stricter };
  }
  if (modeOf(proposed) === 'solo') return { weaker: ['no people are left: one person would decide alone'], stricter };
  comparePeople(inForce, proposed, weaker, stricter);
  compareOwners(inForce, proposed, weaker, stricter);
  compareApprovals(inForce, proposed, weaker, stricter);
  return { weaker, stricter };
}

function comparePeople(inForce: Policy, proposed: Policy, weaker: string[], stricter: string[]): void {
  for (const [name, person] of Object.entries(proposed.people)) {
    const before = Object.hasOwn(inForce.people, name) ? inForce.people[name] : undefined;
    if (before === undefined) {
      weaker.push(`${name} is new`);
      continue;
    }
    const [keys, roles] = [new Set(before.keys.map(keyOf)), new Set(before.roles)];
    if (person.keys.some((key) => !keys.has(keyOf(key)))) weaker.push(`${name} has a new key`);
    for (const role of person.roles) if (!roles.has(role)) weaker.push(`${name} has the new role ${role}`);
    if (before.keys.some((key) => !person.keys.map(keyOf).includes(keyOf(key)))) stricter.push(`${name} lost a key`);
    for (const role of before.roles) if (!person.roles.includes(role)) stricter.push(`${name} lost the role ${role}`);
  }
  for (const name of Object.keys(inForce.people)) {
    if (!Object.hasOwn(proposed.people, name)) stricter.push(`${name} is gone`);
  }
}

function compareOwners(inForce: Policy, proposed: Policy, weaker: string[], stricter: string[]): void {
  for (const name of new Set([...Object.keys(inForce.people), ...Object.keys(proposed.people)])) {
    const [before, after] = [inForce, proposed].map((policy) =>
      gates.filter((gate) => ownersOf(policy, gate).includes(name)),
    );
    const more = after?.filter((gate) => before?.includes(gate) !== true) ?? [];
    const less = before?.filter((gate) => after?.includes(gate) !== true) ?? [];
    if (more.length > 0) weaker.push(`${name} may open ${listed(more)}`);
    if (less.length > 0) stricter.push(`${name} may no longer open ${listed(less)}`);
  }
  // Without owners of all gates those of any may accept: what takes a gate from one can give this to another.
  const [before, after] = [policyOwnersOf(inForce), policyOwnersOf(proposed)];
  for (const name of after) if (!before.includes(name)) weaker.push(`${name} may accept policies`);
}

function listed(some: readonly string[]): string {
  return some.length === gates.length ? 'every gate' : some.join(', ');
}

function compareApprovals(inForce: Policy, proposed: Policy, weaker: string[], stricter: string[]): void {
  for (const { effects, rule } of flat(inForce)) {
    if (!flat(proposed).some((other) => other.effects === effects && isAtLeast(other.rule, rule))) {
      weaker.push(`${effects} no longer needs ${wordsOf(rule)}`);
    }
  }
  for (const { effects, rule } of flat(proposed)) {
    if (!flat(inForce).some((other) => other.effects === effects && isAtLeast(other.rule, rule))) {
      stricter.push(`${effects} needs ${wordsOf(rule)}`);
    }
  }
}

type Rule = Policy['approvals'][number];

function flat({ approvals }: Policy): { readonly effects: string; readonly rule: Rule }[] {
  return approvals.flatMap((rule) => rule.effects.map((effects) => ({ effects, rule })));
}

/** Whether a rule asks for all that another asks for. */
function isAtLeast(rule: Rule, other: Rule): boolean {
  const narrower =
    other.roles.length === 0 || (rule.roles.length > 0 && rule.roles.every((role) => other.roles.includes(role)));
  return rule.need >= other.need && narrower && rule.expires <= other.expires;
}

function wordsOf({ need, roles }: Rule): string {
  return `the agreement of ${need}${roles.length === 0 ? '' : ` with the role ${roles.join(' or ')}`}`;
}

import { Authority } from '../config/site.ts';
import type { Gate, Mode, Signature } from './types.ts';

/** Who may decide at a site: the section `authority` of its file, once it was accepted. */
export type Policy = Authority;

/** Of a site that says nothing: one person, who answers to themself. */
export const soloPolicy: Policy = Authority.parse({});

export function modeOf(policy: Policy): Mode {
  return Object.keys(policy.people).length === 0 ? 'solo' : 'team';
}

/** Who may open a gate. Nobody where the policy names nobody: then only the breaking of a glass opens it. */
export function ownersOf(policy: Policy, gate: Gate): readonly string[] {
  const owners = policy.owners[gate] ?? policy.owners['*'] ?? [];
  return owners.filter((name) => personOf(policy, name) !== undefined);
}

/** Who may accept another policy: the owners of all gates; where there are none, the owners of any. */
export function policyOwnersOf(policy: Policy): readonly string[] {
  const owners = policy.owners['*'] ?? Object.values(policy.owners).flat();
  return [...new Set(owners)].filter((name) => personOf(policy, name) !== undefined);
}

export function personOf(policy: Policy, name: string): Policy['people'][string] | undefined {
  return Object.hasOwn(policy.people, name) ? policy.people[name] : undefined;
}

/** Whether a person of the policy has this key: its type and its base64, whatever comment stands behind. */
export function hasKey(policy: Policy, name: string, key: string): boolean {
  return personOf(policy, name)?.keys.some((line) => keyOf(line) === keyOf(key)) ?? false;
}

/** `type base64` of a line as ssh-keygen writes it. */
export function keyOf(line: string): string {
  return line.trim().split(/\s+/).slice(0, 2).join(' ');
}

/** How many people these signatures are of: one person with two keys is one, and so are two names with one key. */
export function distinctSigners<Signed extends Pick<Signature, 'by' | 'key'>>(signatures: readonly Signed[]): Signed[] {
  const names = new Set<string>();
  const keys = new Set<string>();
  return signatures.filter(({ by, key }) => {
    if (names.has(by) || keys.has(keyOf(key))) return false;
    names.add(by);
    keys.add(keyOf(key));
    return true;
  });
}

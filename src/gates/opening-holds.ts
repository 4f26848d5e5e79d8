import { isSigned, openingText } from './decision-text.ts';
import { distinctSigners, hasKey, modeOf, ownersOf, type Policy } from './policy.ts';
import type { Opening, Signature } from './types.ts';

/** An opening as it is kept: with the signatures themselves. */
export interface KeptOpening {
  readonly opening: Opening;
  readonly signatures: readonly Signature[];
  /** False for a glass that one of two people has broken. */
  readonly complete: boolean;
  readonly closedAt?: string;
}

/** What is asked of an opening. */
export interface Use {
  readonly policy: Policy;
  readonly target: string;
  readonly now: Date;
}

/**
 * Why an opening does not open its gate for this target now, in a few words; undefined when it does. In a team it holds only while
 * those who signed it may still open the gate, with the keys that they signed with: all of it is verified at each use.
 */
export function whyNot(kept: KeptOpening, { policy, target, now }: Use): string | undefined {
  const { opening } = kept;
  if (kept.closedAt !== undefined) return `closed at ${kept.closedAt}`;
  if (!kept.complete) return 'broken by one person of two';
  if (Date.parse(opening.expiresAt) <= now.getTime()) return `open until ${opening.expiresAt}`;
  if (opening.window !== undefined && !isWithin(opening.window, now)) {
    return `open from ${opening.window.from} to ${opening.window.to}`;
  }
  if (!covers(opening, target)) return `open for ${opening.scope.join(', ')} only`;
  if (modeOf(policy) === 'solo') return undefined;
  const needed = opening.kind === 'break-glass' ? 2 : 1;
  return validSigners(kept, policy).length >= needed ? undefined : 'opened by nobody who may open it now';
}

/** Those of the signers of an opening who may open its gate by this policy, with keys that are theirs, and really signed. */
export function validSigners({ opening, signatures }: KeptOpening, policy: Policy): Signature[] {
  const text = openingText(opening);
  const owners = opening.kind === 'break-glass' ? Object.keys(policy.people) : ownersOf(policy, opening.gate);
  return distinctSigners(
    signatures.filter(
      (signature) =>
        owners.includes(signature.by) &&
        hasKey(policy, signature.by, signature.key) &&
        isSigned(opening.site, text, signature),
    ),
  );
}

/** Every part of a target must be in the scope; records of the site itself are in each of its scopes. */
function covers({ scope, site }: Opening, target: string): boolean {
  if (scope.includes('*')) return true;
  return target.split(', ').every((part) => scope.includes(part) || part === `site ${site}`);
}

function isWithin({ from, to }: { readonly from: string; readonly to: string }, now: Date): boolean {
  return Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(to);
}

import { canonicalJson } from '../lib/canonical-json.ts';
import { isSshSignature, type SignedText } from './ssh-signature.ts';
import type { Approval, Opening, Signature, Vote } from './types.ts';

/** The namespace of a site's decisions, as `ssh-keygen -Y` names what a signature is for. */
export function namespaceOf(site: string): string {
  return `holdfast@${site}`;
}

/** What the owner of a gate agrees to, and each of two people who break its glass. It is the same at each look. */
export function openingText({ signedBy: _signedBy, closedAt: _closedAt, ...opening }: Opening): string {
  return canonicalJson({ format: 'holdfast-gate-opening-v1', ...opening });
}

/** What somebody agrees to, or refuses: the whole subject, not its hash alone, so that nothing else hides behind it. */
export function voteText(approval: Approval, vote: Pick<Vote, 'by' | 'at' | 'grants' | 'reason'>): string {
  const { run, ahead, requirements: _requirements, state: _state, votes: _votes, ...asked } = approval;
  const { by, at, grants, reason } = vote;
  // What was asked for ahead is signed before it has a run, and holds for the one run that takes it.
  const bound = ahead ? {} : { run };
  return canonicalJson({ format: 'holdfast-approval-v1', ...asked, ...bound, by, at, grants, reason });
}

/** What people accept when a policy is weakened: from which, to which, and how they differ is told beside it. */
export function policyText(change: {
  readonly id: string;
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly policy: unknown;
}): string {
  return canonicalJson({ format: 'holdfast-authority-v1', ...change });
}

/** Whether a decision's signature is one of its key over its text. Those that hold are remembered: a run asks at each step. */
export function isSigned(
  site: string,
  text: string,
  { key, signature }: Pick<Signature, 'key' | 'signature'>,
): boolean {
  const signed: SignedText = { text, namespace: namespaceOf(site), key, signature };
  const name = `${signed.namespace}\n${key}\n${signature}\n${text}`;
  if (holding.has(name)) return true;
  if (!isSshSignature(signed)) return false;
  if (holding.size >= 256) holding.clear();
  holding.add(name);
  return true;
}

const holding = new Set<string>();

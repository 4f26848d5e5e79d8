import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Database, Queryable } from '../store/types.ts';
import { findApproval } from './approvals.ts';
import type { Desk } from './decide.ts';
import { decisionLeaf } from './decision-leaf.ts';
import { isSigned, voteText } from './decision-text.ts';
import { hasKey, modeOf, type Policy } from './policy.ts';
import { counting, eligible, neededCount } from './requirements.ts';
import type { Signer } from './sign-decision.ts';
import type { Actor, Approval, Signature, Vote } from './types.ts';

/** Who votes, by which policy. */
export interface Voter {
  readonly actor: Actor;
  readonly site: string;
  readonly policy: Policy;
  readonly signer?: Signer;
}

export interface VoteGiven {
  readonly id: string;
  readonly grants: boolean;
  readonly reason: string;
}

/**
 * Agrees to an approval, or denies it. Agreeing is for those who may: a person with the role, not the one who asked or runs it, and in
 * a team signed over all that was shown to them. Denying is for everybody, and one denial is enough. Errors: `approval-unknown`,
 * `approval-closed`, `decision-refused`, `decision-unsigned`.
 */
export async function vote(database: Database, desk: Desk, voter: Voter, given: VoteGiven): Promise<Approval> {
  const { site, actor, signer } = voter;
  const shown = await openApproval(database, desk, site, given.id);
  const by = signer?.name ?? actor.name;
  if (given.grants) refuseOwn(shown, voter, by);
  const plain: Vote = {
    by,
    kind: actor.kind,
    at: desk.clock.now().toISOString(),
    grants: given.grants,
    reason: given.reason,
  };
  const signed = await signer?.sign(voteText(shown, plain));
  if (signed !== undefined) refuseForged(voter, by, voteText(shown, plain), signed);
  const cast: Vote = signed === undefined ? plain : { ...plain, key: signed.key, signature: signed.signature };
  return await database.transaction(async (transaction) => {
    await transaction.query('select id from approvals where id = $1 for update', [shown.id]);
    // Signed is what was shown: while somebody signed it, it may have been taken by a run, denied or voided.
    const approval = await openApproval(transaction, desk, site, given.id);
    await recordVote(transaction, approval, cast);
    const state = given.grants ? await stateAfter(transaction, voter, approval) : 'denied';
    await transaction.query('update approvals set state = $2 where id = $1', [approval.id, state]);
    await decisionLeaf(transaction, desk, actor, given.grants ? 'approval-granted' : 'approval-denied', {
      approval: approval.id,
      site,
      by,
      step: approval.step,
      ...(approval.run === '' ? {} : { run: approval.run }),
      binding: approval.binding,
      reason: given.reason,
      at: cast.at,
      state,
      mode: modeOf(voter.policy),
      ...(signed === undefined ? {} : { key: signed.key, signature: signed.signature }),
    });
    return { ...approval, state, votes: [...approval.votes.filter((one) => one.by !== by), cast] };
  });
}

async function openApproval(database: Queryable, { clock }: Desk, site: string, id: string): Promise<Approval> {
  const approval = await findApproval(database, site, id);
  if (approval === undefined) throw new HoldfastError('approval-unknown', { id });
  const expired = Date.parse(approval.expiresAt) <= clock.now().getTime();
  const state = expired ? 'expired' : approval.state;
  if (state !== 'waiting' && state !== 'granted') throw new HoldfastError('approval-closed', { id, state });
  return approval;
}

/** Nobody agrees to what they asked for themselves, whatever way they come. */
function refuseOwn(approval: Approval, { policy, actor }: Voter, by: string): void {
  const what = 'agree to this';
  const refuse = (reason: string, hint: string) =>
    new HoldfastError('decision-refused', { who: by, what, reason, hint });
  if (actor.kind !== 'person')
    throw refuse(`${actor.kind} is no person`, 'A person types it, at a terminal of their own.');
  if (modeOf(policy) === 'solo') return;
  if (by === approval.requestedBy) throw refuse('they asked for it themselves', 'Somebody else must agree.');
  const able = approval.requirements.some((one) => eligible(policy, one, [approval.requestedBy]).includes(by));
  if (!able) {
    const roles = approval.requirements.flatMap((one) => one.roles).join(', ');
    if (roles === '')
      throw refuse('they have a key of the one who asked for it', 'Somebody with keys of their own must agree.');
    throw refuse(`it takes the role ${roles}`, 'Let somebody with that role agree.');
  }
}

/** Whoever made the signature: it must be one, with a key that was accepted for the person it names. */
function refuseForged({ site, policy }: Voter, by: string, text: string, signed: Signature): void {
  if (hasKey(policy, by, signed.key) && isSigned(site, text, signed)) return;
  throw new HoldfastError('decision-unsigned', { reason: `that is none of the keys accepted for ${by}` });
}

/** A person has one vote: they may change their mind to no, and a second yes is the first. */
async function recordVote(transaction: Queryable, { id }: Approval, cast: Vote): Promise<void> {
  await transaction.query(
    `insert into approval_votes (approval, voter, kind, at, grants, reason, key, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (approval, voter, grants) do update
       set kind = excluded.kind, at = excluded.at, reason = excluded.reason, key = excluded.key, signature = excluded.signature`,
    [id, cast.by, cast.kind, cast.at, cast.grants, cast.reason, cast.key ?? null, cast.signature ?? null],
  );
}

/** For those who look at the list: the step counts for itself, by the policy of that moment and with who really runs it. */
async function stateAfter(
  transaction: Queryable,
  { site, policy }: Voter,
  { id, requestedBy }: Approval,
): Promise<'granted' | 'waiting'> {
  const approval = await findApproval(transaction, site, id);
  const involved = [requestedBy];
  const enough = approval?.requirements.every(
    (one) => counting(approval, one, policy, involved).length >= neededCount(policy, one, involved),
  );
  return enough === true ? 'granted' : 'waiting';
}

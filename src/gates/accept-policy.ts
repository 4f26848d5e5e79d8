import { HoldfastError } from '../errors/holdfast-error.ts';
import { newRunId } from '../lib/ids.ts';
import type { Database, Queryable } from '../store/types.ts';
import { policyHash, policyInForce, writePolicy } from './adopt-policy.ts';
import { comparePolicies, type PolicyChange } from './compare-policies.ts';
import type { Desk } from './decide.ts';
import { decisionLeaf } from './decision-leaf.ts';
import { isSigned, policyText } from './decision-text.ts';
import { distinctSigners, hasKey, type Policy, policyOwnersOf } from './policy.ts';
import type { Signer } from './sign-decision.ts';
import type { Actor, Signature } from './types.ts';

export interface Accepting {
  readonly actor: Actor;
  readonly site: string;
  /** As the site file has it. */
  readonly policy: Policy;
}

export type Accepted =
  | { readonly state: 'accepted' | 'already in force'; readonly change: PolicyChange }
  /** Signed by one who owns nothing: a second person makes it so. */
  | { readonly state: 'waits for a second person'; readonly change: PolicyChange; readonly proposal: string };

/** The policy by which somebody may accept another one: that of the site, or for a site that is new here that of another with people. */
export async function policyToAccept(
  database: Queryable,
  site: string,
): Promise<{ readonly site: string; readonly policy: Policy } | undefined> {
  const own = await policyInForce(database, site);
  if (own !== undefined) return { site, policy: own.policy };
  const [other] = await database.query<{ site: string; policy: Policy }>(
    `select site, policy from authority where mode = 'team' order by accepted_at limit 1`,
  );
  return other;
}

/**
 * Accepts what the site file says about who decides, though it gives more than before: signed by an owner of all gates of the
 * policy in force, or by any two of its people. Errors: `decision-unsigned`.
 */
export async function acceptPolicy(
  database: Database,
  desk: Desk,
  accepting: Accepting,
  judge: { readonly site: string; readonly policy: Policy },
  signer: Signer,
): Promise<Accepted> {
  const { site, policy, actor } = accepting;
  const inForce = await policyInForce(database, site);
  const [from, to] = [policyHash(judge.policy), policyHash(policy)];
  const change = comparePolicies(inForce?.policy ?? judge.policy, policy);
  if (inForce?.sha256 === to) return { state: 'already in force', change };
  const begun = await begunProposal(database, desk, site, { from, to });
  const id = begun?.id ?? newRunId('authority', desk.clock.now());
  const text = policyText({ id, site, from, to, policy });
  // A signature is for the site whose people decide; which site it is about is in the text.
  const signature = await signer.sign(text);
  const signatures = distinctSigners(
    [...(begun?.signatures ?? []), signature].filter(
      (one) => hasKey(judge.policy, one.by, one.key) && isSigned(judge.site, text, one),
    ),
  );
  const owners = policyOwnersOf(judge.policy);
  const enough = signatures.length >= 2 || signatures.some(({ by }) => owners.includes(by));
  return await database.transaction(async (transaction) => {
    if (!enough) {
      await propose(transaction, desk, actor, { id, site, text, signatures });
      return { state: 'waits for a second person', change, proposal: id };
    }
    const now = await policyInForce(transaction, site);
    if (now?.sha256 !== inForce?.sha256) {
      throw new HoldfastError('decision-refused', {
        who: signer.name,
        what: 'accept this policy',
        reason: 'another one came into force meanwhile',
        hint: 'Look at the site file and do it again.',
      });
    }
    const how = [...change.weaker, ...change.stricter];
    await writePolicy(transaction, desk, actor, { site, policy, signatures }, { kind: 'authority-accepted', how });
    return { state: 'accepted', change };
  });
}

/** A second person has a day. */
const proposalMs = 86_400_000;

async function begunProposal(
  database: Queryable,
  { clock }: Desk,
  site: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ readonly id: string; readonly signatures: readonly Signature[] } | undefined> {
  const rows = await database.query<{ id: string; text: string; signatures: readonly Signature[] }>(
    'select id, text, signatures from authority_proposals where site = $1 and expires_at > $2 order by expires_at desc',
    [site, clock.now().toISOString()],
  );
  return rows.find(({ text }) => {
    const proposal = JSON.parse(text) as { readonly from?: unknown; readonly to?: unknown };
    return proposal.from === from && proposal.to === to;
  });
}

async function propose(
  transaction: Queryable,
  desk: Desk,
  actor: Actor,
  proposal: {
    readonly id: string;
    readonly site: string;
    readonly text: string;
    readonly signatures: readonly Signature[];
  },
): Promise<void> {
  const { id, site, text, signatures } = proposal;
  await transaction.query(
    `insert into authority_proposals (id, site, text, signatures, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set signatures = excluded.signatures`,
    [id, site, text, JSON.stringify(signatures), new Date(desk.clock.now().getTime() + proposalMs).toISOString()],
  );
  await decisionLeaf(transaction, desk, actor, 'authority-proposed', {
    proposal: id,
    site,
    by: signatures.map(({ by }) => by),
  });
}

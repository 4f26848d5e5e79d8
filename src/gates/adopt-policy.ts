import { HoldfastError } from '../errors/holdfast-error.ts';
import { canonicalJson, type Json } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Database, Queryable } from '../store/types.ts';
import { comparePolicies } from './compare-policies.ts';
import type { Desk } from './decide.ts';
import { decisionLeaf } from './decision-leaf.ts';
import { modeOf, type Policy } from './policy.ts';
import type { Actor, Signature } from './types.ts';

/** The policy of a site as it is in force, and its hash. */
export interface PolicyInForce {
  readonly policy: Policy;
  readonly sha256: string;
}

/**
 * Brings the policy in force and the site file together before anything acts: the first use of a site adopts what its file says,
 * and so does a stricter file, each with a leaf. Throws `authority-weakened` for a file that gives more than was accepted:
 * somebody who may must accept that, or whoever can edit the file could give themself everything.
 */
export async function adoptPolicy(
  database: Database,
  desk: Desk,
  actor: Actor,
  { site, policy }: { readonly site: string; readonly policy: Policy },
): Promise<PolicyInForce> {
  const hash = policyHash(policy);
  const found = await policyInForce(database, site);
  if (found?.sha256 === hash) return found;
  return await database.transaction(async (transaction) => {
    // Two first uses at once: one adopts, the other finds it.
    await transaction.query('select pg_advisory_xact_lock($1, hashtext($2))', [policyLock, site]);
    const inForce = await policyInForce(transaction, site);
    if (inForce?.sha256 === hash) return inForce;
    if (inForce === undefined) {
      await refuseUnknownSite(transaction, site);
      await writePolicy(
        transaction,
        desk,
        actor,
        { site, policy, signatures: [] },
        { kind: 'authority-adopted', how: ['first use'] },
      );
    } else {
      const { weaker, stricter } = comparePolicies(inForce.policy, policy);
      if (weaker.length > 0) throw new HoldfastError('authority-weakened', { site, differences: weaker.join('; ') });
      await writePolicy(
        transaction,
        desk,
        actor,
        { site, policy, signatures: [] },
        { kind: 'authority-adopted', how: stricter },
      );
    }
    return { policy, sha256: hash };
  });
}

export function policyHash(policy: Policy): string {
  return sha256(canonicalJson(policy));
}

export async function policyInForce(database: Queryable, site: string): Promise<PolicyInForce | undefined> {
  const [row] = await database.query<PolicyInForce>('select policy, sha256 from authority where site = $1', [site]);
  return row;
}

/** Writes the policy that is in force from now on, with its leaf. */
export async function writePolicy(
  transaction: Queryable,
  desk: Desk,
  actor: Actor,
  accepted: { readonly site: string; readonly policy: Policy; readonly signatures: readonly Signature[] },
  leaf: { readonly kind: 'authority-adopted' | 'authority-accepted'; readonly how: readonly string[] },
): Promise<void> {
  const { site, policy, signatures } = accepted;
  const [hash, mode] = [policyHash(policy), modeOf(policy)];
  await transaction.query(
    `insert into authority (site, policy, sha256, mode, accepted_at, accepted_by, signatures)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (site) do update set policy = excluded.policy, sha256 = excluded.sha256, mode = excluded.mode,
       accepted_at = excluded.accepted_at, accepted_by = excluded.accepted_by, signatures = excluded.signatures`,
    [site, JSON.stringify(policy), hash, mode, desk.clock.now().toISOString(), actor.name, JSON.stringify(signatures)],
  );
  await decisionLeaf(transaction, desk, actor, leaf.kind, {
    site,
    mode,
    sha256: hash,
    policy: JSON.parse(JSON.stringify(policy)) as Json,
    changes: [...leaf.how],
    signatures: signatures.map(({ by, key, signature }) => ({ by, key, signature })),
  });
}

/** A name that was never used is no way round the people of another site. */
async function refuseUnknownSite(transaction: Queryable, site: string): Promise<void> {
  const [other] = await transaction.query<{ site: string }>(`select site from authority where mode = 'team' limit 1`);
  if (other === undefined) return;
  const differences = `${site} is new here, and the people of ${other.site} decide here`;
  throw new HoldfastError('authority-weakened', { site, differences });
}

/** A number of Holdfast's own: who changes a policy holds this advisory lock. */
const policyLock = 7_239_405;

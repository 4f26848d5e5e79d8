import type { Queryable } from '../store/types.ts';
import type { Desk } from './decide.ts';
import { decisionLeaf } from './decision-leaf.ts';
import { type KeptOpening, whyNot } from './opening-holds.ts';
import { type Policy, soloPolicy } from './policy.ts';
import { asKept, type OpeningRow } from './read-authority.ts';
import type { Actor, Gate, Opening, Signature } from './types.ts';

/** What stands open at a site at one moment. */
export interface OpeningsNow {
  readonly policy: Policy;
  readonly openings: readonly KeptOpening[];
  readonly now: Date;
}

/** All openings of a site that have neither ended nor been closed. For showing: a step asks for itself. */
export async function openingsNow(database: Queryable, site: string, now: Date): Promise<OpeningsNow> {
  const [authority] = await database.query<{ policy: Policy }>('select policy from authority where site = $1', [site]);
  const rows = await database.query<OpeningRow>(
    `select opening, signatures, complete, closed_at from openings
     where site = $1 and closed_at is null and expires_at > $2
     order by expires_at desc`,
    [site, now.toISOString()],
  );
  return { policy: authority?.policy ?? soloPolicy, openings: rows.map(asKept), now };
}

/** The opening by which a gate stands open for a target. */
export function openingFor({ policy, openings, now }: OpeningsNow, gate: Gate, target: string): Opening | undefined {
  const use = { policy, target, now };
  return openings.find((kept) => kept.opening.gate === gate && whyNot(kept, use) === undefined)?.opening;
}

export function isOpenFor(open: OpeningsNow, gate: Gate, target: string): boolean {
  return openingFor(open, gate, target) !== undefined;
}

/** Whether a gate stands open for a target because a glass was broken: what the site asks for beforehand is then left out. */
export async function isGlassBroken(
  database: Queryable,
  asked: { readonly site: string; readonly gate: Gate; readonly target: string; readonly at: Date },
): Promise<boolean> {
  const { policy, openings, now } = await openingsNow(database, asked.site, asked.at);
  const use = { policy, target: asked.target, now };
  return openings.some(
    (kept) =>
      kept.opening.kind === 'break-glass' && kept.opening.gate === asked.gate && whyNot(kept, use) === undefined,
  );
}

/** Glasses that were broken at a site and stood open at some time between two moments, oldest first. For the record of what ran meanwhile. */
export async function brokenBetween(
  database: Queryable,
  site: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly Opening[]> {
  const rows = await database.query<{ opening: Opening; closed_at: Date | null }>(
    `select opening, closed_at from openings
     where site = $1 and complete and opening->>'kind' = 'break-glass'
       and expires_at > $2 and (closed_at is null or closed_at > $2) and (opening->>'openedAt')::timestamptz < $3
     order by id`,
    [site, from, to],
  );
  return rows.map(({ opening, closed_at }) =>
    closed_at === null ? opening : { ...opening, closedAt: closed_at.toISOString() },
  );
}

/** Keeps an opening, with its leaf. `complete` is false for a glass that one of two people has broken. */
export async function recordOpening(
  transaction: Queryable,
  desk: Desk,
  actor: Actor,
  { opening, signatures, complete }: KeptOpening,
): Promise<void> {
  const { id, site, gate, expiresAt, kind } = opening;
  await transaction.query(
    `insert into openings (id, site, gate, opening, signatures, complete, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set opening = excluded.opening, signatures = excluded.signatures, complete = excluded.complete`,
    [id, site, gate, JSON.stringify(opening), JSON.stringify(signatures), complete, expiresAt],
  );
  const leaf = kind === 'break-glass' ? (complete ? 'break-glass' : 'break-glass-begun') : 'gate-opened';
  await decisionLeaf(transaction, desk, actor, leaf, {
    ...plain(opening),
    signatures: signatures.map(plainSignature),
  });
}

/** Closes the openings of a gate, or of all gates, at once, whoever asks. Returns those that were closed. */
export async function closeGates(
  transaction: Queryable,
  desk: Desk,
  actor: Actor,
  closing: { readonly site: string; readonly gates: readonly Gate[]; readonly reason: string },
): Promise<readonly Opening[]> {
  const { site, gates, reason } = closing;
  const now = desk.clock.now().toISOString();
  const rows = await transaction.query<{ opening: Opening }>(
    `update openings set closed_at = $3, closed_by = $4, close_reason = $5
     where site = $1 and gate = any($2) and closed_at is null and expires_at > $3
     returning opening`,
    [site, gates, now, actor.name, reason],
  );
  const closed = rows.map(({ opening }) => opening);
  for (const { id, gate } of closed) {
    await decisionLeaf(transaction, desk, actor, 'gate-closed', { site, gate, opening: id, reason });
  }
  return closed;
}

export function plainSignature({ by, key, signature }: Signature) {
  return { by, key, signature };
}

/** As a leaf carries it. */
function plain({ window, scope, evidence, signedBy, ...opening }: Opening) {
  return {
    ...opening,
    scope: [...scope],
    evidence: [...evidence],
    signedBy: [...signedBy],
    ...(window === undefined ? {} : { window: { ...window } }),
  };
}

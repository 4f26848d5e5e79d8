import { HoldfastError } from '../errors/holdfast-error.ts';
import { newRunId } from '../lib/ids.ts';
import type { Database, Queryable } from '../store/types.ts';
import type { Desk } from './decide.ts';
import { openingText } from './decision-text.ts';
import { type KeptOpening, validSigners } from './opening-holds.ts';
import { recordOpening } from './openings.ts';
import { modeOf, ownersOf, type Policy } from './policy.ts';
import { asKept, type OpeningRow } from './read-authority.ts';
import type { Signer } from './sign-decision.ts';
import type { Actor, Gate, Opening } from './types.ts';

/** A broken glass opens a gate for an hour at most. */
export const longestBrokenMs = 3_600_000;

export interface Breaker {
  readonly actor: Actor;
  readonly site: string;
  readonly policy: Policy;
  readonly signer?: Signer;
}

/** Broken; or begun by one of the two whom it takes. */
export interface Broken {
  readonly opening: Opening;
  readonly complete: boolean;
  /** Who is to be told at once: the owners of the gate. */
  readonly owners: readonly string[];
}

/**
 * Breaks the glass of a gate: the first of two people, who says why and for how long. In `solo` the one person there is breaks it alone,
 * and every record says so. Errors: `gate-time-invalid`, `gate-response-incomplete`, `decision-unsigned`.
 */
export async function breakGlass(
  database: Database,
  desk: Desk,
  breaker: Breaker,
  asked: { readonly gate: Gate; readonly until: Date; readonly reason: string; readonly scope: readonly string[] },
): Promise<Broken> {
  const { actor, site, policy, signer } = breaker;
  const now = desk.clock.now();
  if (asked.until.getTime() - now.getTime() > longestBrokenMs) {
    throw new HoldfastError('gate-time-invalid', { reason: 'a broken glass opens a gate for one hour at most' });
  }
  if (asked.until.getTime() <= now.getTime())
    throw new HoldfastError('gate-time-invalid', { reason: 'that time is past' });
  if (asked.reason.trim() === '') throw new HoldfastError('gate-response-incomplete', { reason: 'it has no reason' });
  const mode = modeOf(policy);
  const by = signer?.name ?? actor.name;
  const owners = ownersOf(policy, asked.gate);
  const opening: Opening = {
    id: newRunId('glass', now),
    site,
    gate: asked.gate,
    kind: 'break-glass',
    mode,
    owner: by,
    openedBy: actor.name,
    openedAt: now.toISOString(),
    expiresAt: asked.until.toISOString(),
    reason: asked.reason,
    scope: [...asked.scope],
    evidence: [],
    followUpOwner: owners[0] ?? by,
    rollbackOwner: by,
    validationPlan: 'the owner of the gate looks at what was done',
    signedBy: signer === undefined ? [] : [by],
  };
  const signatures = signer === undefined ? [] : [await signer.sign(openingText(opening))];
  return await keep(database, desk, breaker, { opening, signatures, complete: mode === 'solo' });
}

/** The second of two people breaks the same glass. Errors: `opening-unknown`, `decision-refused`, `decision-unsigned`. */
export async function joinGlass(database: Database, desk: Desk, breaker: Breaker, id: string): Promise<Broken> {
  const { signer } = breaker;
  const begun = await findGlass(database, desk, breaker.site, id);
  if (signer === undefined) throw new HoldfastError('opening-unknown', { id });
  const { opening } = begun;
  const signatures = [...begun.signatures, await signer.sign(openingText(opening))];
  const joined = { opening: { ...opening, signedBy: [...opening.signedBy, signer.name] }, signatures, complete: true };
  if (validSigners(joined, breaker.policy).length < 2) {
    throw new HoldfastError('decision-refused', {
      who: signer.name,
      what: 'break this glass as the second',
      reason: 'it takes two different people, with keys of their own',
      hint: `Somebody other than ${opening.owner} types it.`,
    });
  }
  return await keep(database, desk, breaker, joined);
}

async function findGlass(database: Queryable, { clock }: Desk, site: string, id: string): Promise<KeptOpening> {
  const [row] = await database.query<OpeningRow>(
    `select opening, signatures, complete, closed_at from openings
     where site = $1 and id = $2 and not complete and closed_at is null and expires_at > $3`,
    [site, id, clock.now().toISOString()],
  );
  if (row === undefined) throw new HoldfastError('opening-unknown', { id });
  return asKept(row);
}

async function keep(database: Database, desk: Desk, breaker: Breaker, kept: KeptOpening): Promise<Broken> {
  const { opening, complete } = kept;
  const owners = ownersOf(breaker.policy, opening.gate);
  await database.transaction(async (transaction) => {
    // Of two who join at once the second finds it done.
    if (complete && opening.mode === 'team') await lockBegun(transaction, opening.id);
    await recordOpening(transaction, desk, breaker.actor, kept);
    if (complete) await page(transaction, desk, opening, owners);
  });
  return { opening, complete, owners };
}

async function lockBegun(transaction: Queryable, id: string): Promise<void> {
  const [row] = await transaction.query(
    'select id from openings where id = $1 and not complete and closed_at is null for update',
    [id],
  );
  if (row === undefined) throw new HoldfastError('opening-unknown', { id });
}

/** The owner is to know at once: kept until a channel can send it. */
async function page(
  transaction: Queryable,
  { clock }: Desk,
  opening: Opening,
  owners: readonly string[],
): Promise<void> {
  const { id, site, gate, signedBy, owner, expiresAt, reason } = opening;
  const who = signedBy.length === 0 ? owner : signedBy.join(' and ');
  const message = `The glass of ${gate} at ${site} was broken by ${who}, until ${expiresAt}: ${reason}`;
  await transaction.query('insert into pages (id, site, recipients, message, created_at) values ($1, $2, $3, $4, $5)', [
    id,
    site,
    JSON.stringify(owners),
    message,
    clock.now().toISOString(),
  ]);
}

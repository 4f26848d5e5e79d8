import { HoldfastError } from '../errors/holdfast-error.ts';
import { newRunId } from '../lib/ids.ts';
import type { Database } from '../store/types.ts';
import type { Desk } from './decide.ts';
import { openingText } from './decision-text.ts';
import type { KeptOpening } from './opening-holds.ts';
import { recordOpening } from './openings.ts';
import { modeOf, ownersOf, type Policy } from './policy.ts';
import type { Signer } from './sign-decision.ts';
import type { Actor, Gate, Opening } from './types.ts';

/** The owner's answer, as it is given. */
export interface Response {
  readonly gates: readonly Gate[];
  readonly until: Date;
  readonly reason: string;
  readonly scope: readonly string[];
  readonly evidence: readonly string[];
  readonly followUpOwner?: string;
  readonly rollbackOwner?: string;
  readonly window?: { readonly from: string; readonly to: string };
  readonly validationPlan?: string;
}

/** The longest that a gate stands open. */
export const longestOpenMs = 366 * 86_400_000;

/**
 * Opens gates by the accepted answer of their owner: in a team signed by a person who owns each of them, in `solo` by the one person
 * there is. Rows and leaves are one transaction. Errors: `gate-time-invalid`, `gate-response-incomplete`, `decision-refused`,
 * `decision-unsigned`.
 */
export async function openGates(
  database: Database,
  desk: Desk,
  by: { readonly actor: Actor; readonly site: string; readonly policy: Policy; readonly signer?: Signer },
  response: Response,
): Promise<readonly Opening[]> {
  const { actor, site, policy, signer } = by;
  const now = desk.clock.now();
  const mode = modeOf(policy);
  refuseIncomplete(response, mode === 'team', now);
  if (mode === 'team') refuseOthers(policy, response.gates, signer);
  const owner = signer?.name ?? actor.name;
  const kept: KeptOpening[] = [];
  for (const gate of response.gates) {
    const opening: Opening = {
      id: newRunId('opening', now),
      site,
      gate,
      kind: 'response',
      mode,
      owner,
      openedBy: actor.name,
      openedAt: now.toISOString(),
      expiresAt: response.until.toISOString(),
      reason: response.reason,
      scope: [...response.scope],
      evidence: [...response.evidence],
      followUpOwner: response.followUpOwner ?? owner,
      rollbackOwner: response.rollbackOwner ?? owner,
      ...(response.window === undefined ? {} : { window: response.window }),
      validationPlan: response.validationPlan ?? 'none: one person decides alone',
      signedBy: mode === 'team' ? [owner] : [],
    };
    const signatures = mode === 'team' && signer !== undefined ? [await signer.sign(openingText(opening))] : [];
    kept.push({ opening, signatures, complete: true });
  }
  await database.transaction(async (transaction) => {
    for (const one of kept) await recordOpening(transaction, desk, actor, one);
  });
  return kept.map(({ opening }) => opening);
}

function refuseIncomplete(response: Response, team: boolean, now: Date): void {
  const openMs = response.until.getTime() - now.getTime();
  if (openMs <= 0) throw new HoldfastError('gate-time-invalid', { reason: 'that time is past' });
  if (openMs > longestOpenMs) throw new HoldfastError('gate-time-invalid', { reason: 'that is more than 366 days' });
  const incomplete = (reason: string) => new HoldfastError('gate-response-incomplete', { reason });
  if (response.reason.trim() === '') throw incomplete('it has no reason');
  if (response.scope.length === 0) throw incomplete('it names no target');
  if (team && (response.validationPlan ?? '').trim() === '') throw incomplete('it has no validation plan');
  const { window } = response;
  if (window !== undefined && !(Date.parse(window.from) < Date.parse(window.to))) {
    throw new HoldfastError('gate-time-invalid', { reason: 'its window ends before it begins' });
  }
}

function refuseOthers(policy: Policy, gates: readonly Gate[], signer: Signer | undefined): void {
  for (const gate of gates) {
    const owners = ownersOf(policy, gate);
    if (signer !== undefined && owners.includes(signer.name)) continue;
    const who = signer?.name ?? 'Somebody without a name';
    throw new HoldfastError('decision-refused', {
      who,
      what: `open the gate ${gate}`,
      reason: owners.length === 0 ? 'it has no owner' : `it belongs to ${owners.join(', ')}`,
      hint: `Let an owner open it with --as NAME --key FILE; \`holdfast gate list\` shows who owns what.`,
    });
  }
}

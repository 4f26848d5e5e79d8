import { resolvePath } from '../config/paths.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { policyInForce } from '../gates/adopt-policy.ts';
import { modeOf } from '../gates/policy.ts';
import { type Signer, signerNamed } from '../gates/sign-decision.ts';
import { adoptAuthority, authorityOf, type SiteAuthority } from './authority.ts';
import type { Records, Services } from './services.ts';

/** Somebody who decides, and by which policy. */
export interface Decider extends SiteAuthority {
  /** In a team. */
  readonly signer?: Signer;
}

/** Who decides, as the command line says it. */
export interface Says {
  readonly as?: string | undefined;
  readonly key?: string | undefined;
  readonly yes: boolean;
}

/**
 * Who decides here: in a team a person who signs, in `solo` the person at the terminal, or `--yes` from a script of theirs. Never an
 * assistant, a token or a schedule. By the policy in force; what the site file says is adopted first, unless the decision cannot
 * wait for that. Throws `decision-refused`, `decision-unsigned`, `authority-weakened`.
 */
export async function deciderOf(
  services: Services,
  records: Records,
  what: string,
  says: Says,
  signal: AbortSignal,
  by: 'site file' | 'in force' = 'site file',
): Promise<Decider> {
  const authority = by === 'in force' ? await authorityInForce(services, records) : await adoptHere(services, records);
  if (modeOf(authority.policy) === 'team') return { ...authority, signer: signerOf(authority, says, signal) };
  if (says.yes || services.hasTerminal) return authority;
  throw new HoldfastError('decision-refused', {
    who: services.actor.name,
    what,
    reason: 'nobody is at a terminal',
    hint: 'Type it at a terminal, or add --yes in a script of your own.',
  });
}

export async function adoptHere(services: Services, records: Records): Promise<SiteAuthority> {
  return await adoptAuthority(services, { ...records, clock: services.clock }, services.actor);
}

/** By what was accepted, whatever the site file says now; the first use of a site adopts its file. */
export async function authorityInForce(services: Services, records: Records): Promise<SiteAuthority> {
  const { site } = await authorityOf(services);
  const inForce = await policyInForce(records.database, site);
  return inForce === undefined ? await adoptHere(services, records) : { site, policy: inForce.policy };
}

/** The person who signs, of a team. */
export function signerOf({ site, policy }: SiteAuthority, { as, key }: Says, signal: AbortSignal): Signer {
  if (as === undefined || key === undefined) {
    throw new HoldfastError('decision-unsigned', { reason: 'it needs --as NAME and --key FILE' });
  }
  return signerNamed({ site, policy, name: as, keyFile: resolvePath(key, process.cwd()), env: process.env, signal });
}

/** What is not a person decides nothing. */
export function refuseOthers({ actor }: Pick<Services, 'actor'>, what: string): void {
  if (actor.kind === 'person') return;
  const article = actor.kind === 'assistant' ? 'an' : 'a';
  throw new HoldfastError('decision-refused', {
    who: actor.name,
    what,
    reason: `${article} ${actor.kind} decides nothing here`,
    hint: 'A person types it, at a terminal of their own.',
  });
}

import { HoldfastError } from '../errors/holdfast-error.ts';
import { modeOf } from '../gates/policy.ts';
import { type Signer, signerNamed } from '../gates/sign-decision.ts';
import { adoptAuthority, type SiteAuthority } from './authority.ts';
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
 * assistant, a token or a schedule. Throws `decision-refused`, `decision-unsigned`, `authority-weakened`.
 */
export async function deciderOf(
  services: Services,
  records: Records,
  what: string,
  says: Says,
  signal: AbortSignal,
): Promise<Decider> {
  refuseOthers(services, what);
  const authority = await adoptAuthority(services, { ...records, clock: services.clock }, services.actor);
  if (modeOf(authority.policy) === 'solo') {
    if (!says.yes && !services.hasTerminal) {
      throw new HoldfastError('decision-refused', {
        who: services.actor.name,
        what,
        reason: 'nobody is at a terminal',
        hint: 'Type it at a terminal, or add --yes in a script of your own.',
      });
    }
    return authority;
  }
  return { ...authority, signer: await signerOf(authority, says, signal) };
}

/** The person who signs, of a team. */
export function signerOf({ site, policy }: SiteAuthority, { as, key }: Says, signal: AbortSignal): Signer {
  if (as === undefined || key === undefined) {
    const who = as ?? 'Nobody';
    throw new HoldfastError('decision-unsigned', { who, reason: 'the decision needs --as NAME and --key FILE' });
  }
  return signerNamed({ site, policy, name: as, keyFile: key, env: process.env, signal });
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

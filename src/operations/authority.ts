import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { Desk } from '../gates/decide.ts';
import type { Policy } from '../gates/policy.ts';
import type { Actor, Effect, Request } from '../gates/types.ts';
import { sha256 } from '../lib/hash.ts';
import { sourceHere, unnamedSite } from './estate.ts';
import type { Records, Services } from './services.ts';

export interface SiteAuthority {
  readonly site: string;
  /** As the site file has it: what is in force is in the records. */
  readonly policy: Policy;
}

/** What the site file says about who decides; where there is no file by the usual name, one person at this machine. */
export async function authorityOf(services: Pick<Services, 'site' | 'options'>): Promise<SiteAuthority> {
  const { site } = await sourceHere(services);
  return { site: site.site, policy: site.authority };
}

/** Brings the site file and the policy in force together, before anything acts. Throws `authority-weakened`. */
export async function adoptAuthority(
  services: Pick<Services, 'site' | 'options'>,
  desk: Desk & Pick<Records, 'database'>,
  actor: Actor,
): Promise<SiteAuthority> {
  const { adoptPolicy } = await import('../gates/adopt-policy.ts');
  const authority = await authorityNow(services);
  const { policy } = await adoptPolicy(desk.database, desk, actor, authority);
  return { ...authority, policy };
}

/**
 * As the file says in this moment: a server that read it a week ago would otherwise take what it says now for a weaker one, or
 * bring back what was accepted away since.
 */
async function authorityNow(services: Pick<Services, 'site' | 'options'>): Promise<SiteAuthority> {
  const known = await authorityOf(services);
  if (known.site === unnamedSite) return known;
  const { loadSite } = await import('../config/load.ts');
  const { site } = await loadSite(services.options.site);
  return { site: site.site, policy: site.authority };
}

/** The same for a run that goes on: it carries its site, and needs no file. */
export async function adoptIfThere(
  services: Pick<Services, 'site' | 'options'>,
  desk: Desk & Pick<Records, 'database'>,
  actor: Actor,
): Promise<void> {
  const missing = (error: unknown) => toHoldfastError(error).code === 'site-file-missing';
  const found = await services.site().catch((error: unknown) => {
    if (missing(error)) return undefined;
    throw error;
  });
  if (found !== undefined) await adoptAuthority(services, desk, actor);
}

/** What a request shows to those who decide, for work that is no step of a run. */
export function shownAs(
  command: string,
  target: string,
  effects: readonly Effect[],
): Pick<Request, 'target' | 'subject'> {
  return { target, subject: { command, sha256: sha256(`${command}\n${target}`), target, effects } };
}

import type { OpeningsNow } from '../gates/openings.ts';
import type { SiteAuthority } from './authority.ts';
import { hasRecords } from './has-records.ts';
import type { Services } from './services.ts';

/**
 * What stands open at a site, by the policy in force; before the first use of the site that is what its file says. Only looks: where
 * there are no records none are made, and nothing is open.
 */
export async function openingsHere(services: Services, { site, policy }: SiteAuthority): Promise<OpeningsNow> {
  const now = services.clock.now();
  if (!(await hasRecords(services))) return { policy, openings: [], now };
  const [{ openingsNow }, { policyInForce }] = await Promise.all([
    import('../gates/openings.ts'),
    import('../gates/adopt-policy.ts'),
  ]);
  const { database } = await services.records();
  const inForce = await policyInForce(database, site);
  return { ...(await openingsNow(database, site, now)), policy: inForce?.policy ?? policy };
}

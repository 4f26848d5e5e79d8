import type { Site } from '../../src/config/site.ts';
import { adoptPolicy } from '../../src/gates/adopt-policy.ts';
import { openGates } from '../../src/gates/open-gates.ts';
import { gates } from '../../src/gates/types.ts';
import type { Estate } from '../../src/protection/estate.ts';

/** Opens every gate of a site for an hour, as its one person. */
export async function openEveryGate(estate: Estate, site: Site): Promise<void> {
  const actor = { name: 'tester', kind: 'person', face: 'cli' } as const;
  const { database, audit, clock } = estate;
  const desk = { audit, clock };
  await adoptPolicy(database, desk, actor, { site: site.site, policy: site.authority });
  const until = new Date(clock.now().getTime() + 3_600_000);
  const by = { actor, site: site.site, policy: site.authority };
  await openGates(database, desk, by, { gates, until, reason: 'a test', scope: ['*'], evidence: [] });
}

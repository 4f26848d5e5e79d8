import { resolve } from 'node:path';
import { Site } from '../../config/site.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { StepVerification } from '../../procedures/verification.ts';
import type { Procedure } from '../../runbooks/types.ts';
import { unnamedSite } from '../estate.ts';
import { hasRecords } from '../has-records.ts';
import type { Services } from '../services.ts';

/**
 * How far each step is known to work here. Neither a database nor a directory is made for the sake of looking. Unless it is `asked` for, it
 * is undefined where no step of the runbook ever ran, and a site or database that cannot be opened is as good as none.
 */
export async function lastVerified(
  services: Services,
  procedure: Pick<Procedure, 'steps'>,
  file: string | undefined,
  asked: boolean,
): Promise<ReadonlyMap<string, StepVerification> | undefined> {
  if (!(await hasRecords(services))) return asked ? neverRan(procedure) : undefined;
  try {
    const [{ verificationsOf }, site] = await Promise.all([
      import('../../procedures/verification.ts'),
      siteOf(services),
    ]);
    const { database } = await services.records();
    const found = await verificationsOf(database, site, procedure, {
      now: services.clock.now(),
      ...(file === undefined ? {} : { path: resolve(file) }),
    });
    return asked || [...found.values()].some(({ at }) => at !== undefined) ? found : undefined;
  } catch (error) {
    if (asked) throw error;
    return undefined;
  }
}

function neverRan({ steps }: Pick<Procedure, 'steps'>): ReadonlyMap<string, StepVerification> {
  const commands = steps.filter(({ kind }) => kind === 'command');
  return new Map(commands.map(({ id }) => [id, { state: 'unverified' }]));
}

/** Where there is no site file, runs are of a site without a name. */
async function siteOf(services: Services): Promise<Pick<Site, 'site' | 'runbooks'>> {
  try {
    return (await services.site()).site;
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError) || thrown.code !== 'site-file-missing') throw thrown;
    return Site.parse({ site: unnamedSite });
  }
}

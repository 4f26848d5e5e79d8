import { resolve } from 'node:path';
import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import type { Records, Services } from './services.ts';

/** What the work on a site is given, from the services of this call. */
export async function estateOf(services: Services, records: Omit<Records, 'runs'>): Promise<Estate> {
  const { childAccount } = await import('../process/account.ts');
  return {
    clock: services.clock,
    database: records.database,
    audit: records.audit,
    key: records.key,
    dataDirectory: services.options.data,
    account: await childAccount(),
    secret: (ref) => services.secret(ref),
    redact: services.redact,
    report: services.report,
    ...(services.options.language === undefined ? {} : { language: services.options.language }),
  };
}

/** The name of a site without a file: what is run on this machine alone. */
export const unnamedSite = 'this-machine';

/** The site as a run carries it; where there is no file by the usual name, a site of this machine alone. */
export async function sourceHere(services: Pick<Services, 'site' | 'options'>): Promise<SiteSource> {
  try {
    return await sourceOf(services);
  } catch (thrown) {
    const error = toHoldfastError(thrown);
    if (error.code !== 'site-file-missing' || services.options.site !== resolve('holdfast.yaml')) throw error;
    const { Site } = await import('../config/site.ts');
    return { site: Site.parse({ site: unnamedSite }), directory: process.cwd(), sha256: '' };
  }
}

/** The site as a run carries it. */
export async function sourceOf(services: Pick<Services, 'site'>): Promise<SiteSource> {
  const { site, directory, sha256 } = await services.site();
  return { site, directory, sha256 };
}

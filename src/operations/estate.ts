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

/** The site as a run carries it. */
export async function sourceOf(services: Services): Promise<SiteSource> {
  const { site, directory, sha256 } = await services.site();
  return { site, directory, sha256 };
}

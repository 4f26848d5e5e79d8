import type { Services } from './services.ts';

/**
 * Reads each secret of the site file once, so that it is known and is redacted wherever somebody wrote it into a runbook or a
 * note. Nothing else is done with it. Returns what the secrets are called that could not be read.
 */
export async function readEverySecret(services: Services): Promise<string[]> {
  const { site } = await services.site();
  const refs = [
    ...Object.entries(site.stores).map(([name, { password }]) => [`password of store ${name}`, password] as const),
    ...Object.entries(site.assets).flatMap(([name, asset]) =>
      'postgres' in asset ? [[`url of ${name}`, asset.postgres.url] as const] : [],
    ),
    ...Object.entries(site.secrets).map(([name, ref]) => [`secret ${name}`, ref] as const),
  ];
  const unread = await Promise.all(
    refs.map(async ([name, ref]) => {
      try {
        await services.secret(ref);
        return [];
      } catch {
        return [name];
      }
    }),
  );
  return unread.flat();
}

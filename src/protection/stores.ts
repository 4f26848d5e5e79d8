import { join } from 'node:path';
import { openStore } from '../engines/api.ts';
import type { Store } from '../engines/types.ts';
import type { Estate, SiteSource } from './estate.ts';

/** Opens a store of the site by its name. Nothing is read and no password asked for until it is used. */
export function openSiteStore(estate: Estate, source: SiteSource, name: string): Store {
  const config = source.site.stores[name];
  if (config === undefined) throw new TypeError(`the site file was accepted without the store ${name}`);
  return openStore({
    name,
    config,
    password: () => estate.secret(config.password),
    baseDirectory: source.directory,
    cacheDirectory: join(estate.dataDirectory, 'cache'),
    account: estate.account,
  });
}

/** Name of the facts within their own snapshot. */
export const factsFile = 'facts.json';

/** What Holdfast writes on each snapshot, so that a store tells its recovery points without Holdfast's own database. */
export interface PointTags {
  readonly site: string;
  readonly asset: string;
  readonly point: string;
  readonly part: 'data' | 'facts';
  /** The moment the backup shows. A store keeps its own times to the second only. */
  readonly takenAt: Date;
}

export function tagsOf(tags: PointTags): Readonly<Record<string, string>> {
  return {
    holdfast: '1',
    site: tags.site,
    asset: tags.asset,
    point: tags.point,
    part: tags.part,
    taken: tags.takenAt.toISOString(),
  };
}

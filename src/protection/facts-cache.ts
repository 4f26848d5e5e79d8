import { join } from 'node:path';
import type { Estate } from './estate.ts';

/** Where the facts of an asset's newest recovery point are kept on this machine, so that a look need not open a store. */
export function factsCachePath(estate: Pick<Estate, 'dataDirectory'>, site: string, asset: string): string {
  return join(estate.dataDirectory, 'facts', site, `${asset}.json`);
}

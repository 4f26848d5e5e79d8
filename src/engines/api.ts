import { pgDump } from './pg-dump/index.ts';
import { restic } from './restic/index.ts';
import type { EngineFacts, PostgresSource, Store } from './types.ts';

/** Every engine, by its folder's name. The only place that names them: adding one is a folder and a line here. */
export const engines: Readonly<Record<string, EngineFacts>> = {
  'pg-dump': pgDump.facts,
  restic: restic.facts,
};

const stores = { restic } as const;
const postgresSources = { 'pg-dump': pgDump } as const;

export type OpenStoreOptions = Parameters<typeof restic.open>[0];

/** Opens a store of the site file with the engine that it names. Nothing is read until it is used. */
export function openStore(options: OpenStoreOptions): Store {
  return stores[options.config.engine].open(options);
}

/** The engine that dumps and loads PostgreSQL databases under this name. */
export function postgresSource(name: keyof typeof postgresSources): PostgresSource {
  return postgresSources[name];
}

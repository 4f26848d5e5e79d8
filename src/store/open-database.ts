import type { PoolConfig } from 'pg';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { PoolDatabase } from './pool-database.ts';
import { joinPrivateServer } from './private/join.ts';
import type { Database } from './types.ts';

/** Holdfast's own database, opened and up to date. */
export interface OpenDatabase extends Database {
  /** Where it is, without secrets: `private server in /var/lib/holdfast`, `db.example.org/holdfast`. */
  readonly where: string;
  /** For what needs connections of its own: durable execution, locks that live as long as a session. */
  readonly connection: PoolConfig;
  /** Closes all connections; the last process to leave a private server stops it. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A PostgreSQL server of the team's own, `postgres://user:password@host/database`; without it the private server. */
  readonly url?: string;
  /** Directory of Holdfast's own data; made when it is not there. */
  readonly dataDirectory: string;
  readonly signal: AbortSignal;
  /** Only tests give others than the program's own. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the store: connects, starts the private server when it is not running, and brings the schema up to date. Errors:
 * `store-unavailable`, `store-newer`, `store-changed`, and those of the private server.
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const place =
    options.url === undefined
      ? await joinPrivateServer(options.dataDirectory, options.signal)
      : {
          where: withoutSecrets(options.url),
          connection: { connectionString: options.url },
          leave: async () => undefined,
        };
  const database = new PoolDatabase(place.connection);
  const close = async (): Promise<void> => {
    await database.close();
    await place.leave();
  };
  try {
    await greet(database, place.where);
    await migrate(database, options.migrations ?? (await readMigrations()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    where: place.where,
    connection: place.connection,
    query: (sql, values) => database.query(sql, values),
    transaction: (work) => database.transaction(work),
    close,
  };
}

/** The first word with a server tells a wrong address from a fault later on. */
async function greet(database: Database, where: string): Promise<void> {
  try {
    await database.query('select 1');
  } catch (error) {
    const cause = error instanceof HoldfastError && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HoldfastError('store-unavailable', { where, reason, log: 'the log of that server' }, { cause: error });
  }
}

function withoutSecrets(url: string): string {
  try {
    const { host, pathname, searchParams } = new URL(url);
    return `${host || (searchParams.get('host') ?? '')}${pathname}`;
  } catch {
    return 'the address in `store`';
  }
}

import pg from 'pg';
import { clientConfig } from '../engines/postgres-client.ts';
import type { PostgresConnection } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Clock } from '../lib/clock.ts';
import { compactTime } from '../lib/ids.ts';

/**
 * Gives the name of a database free on a server that others run: what has it now is renamed, not dropped. Returns the new
 * name, or null when nobody had it. Throws `target-in-use` while somebody is connected to it.
 */
export async function moveDatabaseAside(connection: PostgresConnection, clock: Clock): Promise<string | null> {
  const { database } = connection;
  const client = new pg.Client({
    ...clientConfig(connection),
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rows.length === 0) return null;
    // A name has 63 bytes; to the millisecond, so that two attempts do not meet.
    const now = clock.now();
    const aside = `${Buffer.from(database).subarray(0, 36).toString()}_before_${compactTime(now)}_${now.getUTCMilliseconds()}`;
    await client.query(`alter database ${pg.escapeIdentifier(database)} rename to ${pg.escapeIdentifier(aside)}`);
    return aside;
  } catch (error) {
    // 55006 is object_in_use (PostgreSQL documentation, appendix A).
    if ((error as { code?: unknown }).code !== '55006') throw error;
    throw new HoldfastError('target-in-use', { target: `database ${database}` }, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Ends what a loader that was killed left at work in the server: it would go on with its statement, and hold the database.
 * Only sessions of pg_restore in this very database are ended.
 */
export async function endLoaders(connection: PostgresConnection): Promise<void> {
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1 and application_name = 'pg_restore'`,
      [connection.database],
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

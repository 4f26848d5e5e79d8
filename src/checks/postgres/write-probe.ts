import { randomBytes } from 'node:crypto';
import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { openSession, type Session } from './session.ts';

const limitMs = 30 * 60_000;

/**
 * Waits until the server has left recovery, then commits a row in a table of its own, reads it back and removes all of it. A server
 * accepts connections while it is still read-only; this is the moment at which work can go on. `commitMs` counts from the
 * call to the commit. Throws `database-not-writable` and the login errors.
 */
export async function writeProbe(
  connection: PostgresConnection,
  bench: Bench,
  timeoutMs = limitMs,
): Promise<{ readonly commitMs: number }> {
  const begun = bench.clock.monotonic();
  const session = await openSession(connection, bench);
  try {
    await untilWritable(session, connection, bench, begun + timeoutMs);
    const schema = `holdfast_probe_${randomBytes(6).toString('hex')}`;
    try {
      return { commitMs: await commitRow(session, schema, bench, begun) };
    } catch (error) {
      throw notWritable(connection, error);
    } finally {
      await session
        .query('removing the probe', `rollback; drop schema if exists ${schema} cascade`)
        .catch(() => undefined);
    }
  } finally {
    await session.close();
  }
}

async function commitRow(session: Session, schema: string, bench: Bench, begun: number): Promise<number> {
  await session.query(
    'writing the probe',
    `begin; create schema ${schema}; create table ${schema}.probe (n integer); insert into ${schema}.probe values (1); commit`,
  );
  const commitMs = bench.clock.monotonic() - begun;
  const rows = await session.query('reading the probe', `select n from ${schema}.probe`);
  if (rows.length === 1) return commitMs;
  throw new Error('the row that was committed is not there');
}

async function untilWritable(
  session: Session,
  connection: PostgresConnection,
  bench: Bench,
  until: number,
): Promise<void> {
  for (;;) {
    const [row] = await session.query('asking for recovery', 'select pg_is_in_recovery() as recovering');
    if (row?.recovering === 'f') return;
    if (bench.clock.monotonic() > until) throw notWritable(connection, new Error('it is still in recovery'));
    await session.query('waiting for recovery', 'select pg_sleep(0.05)');
  }
}

function notWritable(connection: PostgresConnection, error: unknown): HoldfastError {
  if (error instanceof HoldfastError && error.code === 'cancelled') return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new HoldfastError('database-not-writable', { database: connection.database, reason }, { cause: error });
}

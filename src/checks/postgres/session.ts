import pg from 'pg';
import { clientConfig } from '../../engines/postgres-client.ts';
import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';

/** One connection for checks: every value comes as PostgreSQL's own text, so that nothing is lost in a number. */
export interface Session {
  /** `what` says what the statement is for, in a message: "counting rows". */
  query(what: string, sql: string, values?: readonly unknown[]): Promise<readonly Record<string, string | null>[]>;
  /** One statement that somebody else wrote: several at once are refused. Rows as lists, since columns may share a name. */
  question(what: string, sql: string): Promise<readonly (readonly (string | null)[])[]>;
  close(): Promise<void>;
}

/**
 * Settings that text output depends on, pinned: the same row gives the same text on the server it was read from and on the
 * one it was restored to, whatever their configuration. An empty search path makes every name in a definition qualified.
 */
const pinned = `
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = 'hex'; set xmlbinary = 'base64';
  set lc_monetary = 'C'; set lc_numeric = 'C'; set lc_time = 'C';
  set quote_all_identifiers = off; set search_path = ''; set row_security = off;
  set standard_conforming_strings = on; set jit = off;
  set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`;

/** Opens a connection. Throws `database-unreachable`, `database-login-refused`, `database-missing`, `cancelled`. */
export async function openSession(connection: PostgresConnection, bench: Bench): Promise<Session> {
  demandGoing(bench);
  const client = newClient(connection);
  const state = { ended: false };
  const end = async (): Promise<void> => {
    if (state.ended) return;
    state.ended = true;
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
  } catch (error) {
    await end();
    throw loginError(connection, error);
  }
  const cancel = () => void cancelBackend(connection, client).finally(end);
  bench.signal.addEventListener('abort', cancel, { once: true });
  const session: Session = {
    query: async (what, sql, values) => {
      const result: unknown = await ask(bench, what, () =>
        values === undefined ? client.query(sql) : client.query(sql, [...values]),
      );
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return (last as { rows: Record<string, string | null>[] }).rows;
    },
    question: async (what, sql) => {
      const query = { text: sql, rowMode: 'array', queryMode: 'extended' } as const;
      return (await ask(bench, what, () => client.query<(string | null)[]>(query))).rows;
    },
    close: async () => {
      bench.signal.removeEventListener('abort', cancel);
      await end();
    },
  };
  try {
    await session.query('pinning settings', pinned);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

function newClient(connection: PostgresConnection): pg.Client {
  const client = new pg.Client({
    ...clientConfig(connection),
    ...{ application_name: 'holdfast', connectionTimeoutMillis: 20_000, keepAlive: true },
    types: { getTypeParser: () => String },
  });
  // A connection that breaks while idle must not end the process; the next query says so.
  client.on('error', () => undefined);
  return client;
}

async function ask<Result>(bench: Bench, what: string, send: () => Promise<Result>): Promise<Result> {
  demandGoing(bench);
  try {
    return await send();
  } catch (error) {
    demandGoing(bench);
    // DETAIL and CONTEXT of the server may quote rows: only its message is kept.
    const reason = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('database-query', { what, reason });
  }
}

function demandGoing(bench: Bench): void {
  if (bench.signal.aborted) throw new HoldfastError('cancelled', { what: 'Reading the database' });
}

/** Closing the socket alone would leave the query running on the server. */
async function cancelBackend(connection: PostgresConnection, client: pg.Client): Promise<void> {
  const { processID } = client as unknown as { processID: number | null };
  const other = newClient(connection);
  try {
    await other.connect();
    await other.query('set statement_timeout = 5000');
    await other.query('select pg_cancel_backend($1)', [processID]);
  } catch {
    // The server is gone or refuses: closing the socket is what remains.
  } finally {
    await other.end().catch(() => undefined);
  }
}

function loginError(connection: PostgresConnection, error: unknown): HoldfastError {
  const { host, port, user, database } = connection;
  const code = (error as { code?: unknown }).code;
  // Class 28 is invalid authorization, 3D000 an unknown database (PostgreSQL documentation, appendix A).
  if (typeof code === 'string' && code.startsWith('28')) {
    return new HoldfastError('database-login-refused', { host, port, user, database });
  }
  if (code === '3D000') return new HoldfastError('database-missing', { host, port, database });
  const reason = error instanceof Error ? error.message : String(error);
  if (/password must be a string|no password/i.test(reason)) {
    return new HoldfastError('database-login-refused', { host, port, user, database });
  }
  return new HoldfastError('database-unreachable', { host, port, reason });
}

import type { Bench, Captured, PostgresConnection } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { together } from '../../lib/together.ts';
import type { PostgresFacts } from '../facts.ts';
import { schemaLines } from './schema/lines.ts';
import { between, readSequences } from './sequences.ts';
import type { Session } from './session.ts';
import { type SharedSnapshot, shareSnapshot } from './shared-snapshot.ts';
import { hashTables } from './tables.ts';

export interface CollectOptions {
  /** Connections that read at once. Default 2. */
  readonly sessions?: number;
  /** The canary that was written before. */
  readonly canary?: { readonly token: string };
}

/**
 * Reads what a database is, while `dump` dumps it: both see the rows of one exported snapshot, which is held until both are
 * done. When one of them fails the other is stopped. Throws what `dump` throws, `database-query` and the login errors.
 */
export async function collectPostgresFacts(
  connection: PostgresConnection,
  dump: (snapshot: string, bench: Bench) => Promise<Captured>,
  options: CollectOptions,
  bench: Bench,
): Promise<{ readonly facts: PostgresFacts; readonly captured: Captured }> {
  const snapshot = await shareSnapshot(connection, options.sessions ?? 2, bench);
  try {
    const before = await readSequences(snapshot.leader);
    const [captured, read] = await together(
      bench.signal,
      (signal) => dump(snapshot.id, { ...bench, signal }),
      (signal) => readFacts(snapshot, { ...bench, signal }),
    );
    const sequences = between(before, await readSequences(snapshot.leader));
    const canary = options.canary === undefined ? {} : { canary: options.canary };
    return { facts: { ...read, sequences, ...canary, artifacts: [...captured.artifacts] }, captured };
  } finally {
    await snapshot.close();
  }
}

/** What a database is now, without a dump: the other side of a comparison. */
export async function readPostgresFacts(
  connection: PostgresConnection,
  options: { readonly sessions?: number },
  bench: Bench,
): Promise<PostgresFacts> {
  const snapshot = await shareSnapshot(connection, options.sessions ?? 2, bench);
  try {
    const read = await readFacts(snapshot, bench);
    return { ...read, sequences: await readSequences(snapshot.leader), artifacts: [] };
  } finally {
    await snapshot.close();
  }
}

async function readFacts(
  snapshot: SharedSnapshot,
  bench: Bench,
): Promise<Omit<PostgresFacts, 'sequences' | 'artifacts' | 'canary'>> {
  const server = await describeServer(snapshot.leader);
  const schema = await schemaLines(snapshot);
  const tables = await hashTables(snapshot, (done, total, note) => {
    if (bench.signal.aborted) throw new HoldfastError('cancelled', { what: 'Reading the database' });
    bench.progress({ done, total, unit: 'tables', note });
  });
  return { kind: 'postgres', ...server, tables, schema };
}

/** The system identifier names the cluster that initdb made; it is empty where the user may not read it. */
async function describeServer(session: Session) {
  const [row] = await session.query(
    'describing the server',
    `select datname as database, current_setting('server_version_num') as version, pg_encoding_to_char(encoding) as encoding,
            datcollate as collate, datctype as ctype, pg_get_userbyid(10) as superuser,
            case when has_function_privilege('pg_control_system()', 'execute')
              then (select system_identifier::text from pg_control_system()) else '' end as identifier
       from pg_database where datname = current_database()`,
  );
  return {
    database: row?.database ?? '',
    serverVersion: Number(row?.version ?? 0),
    encoding: row?.encoding ?? '',
    collate: row?.collate ?? '',
    ctype: row?.ctype ?? '',
    systemIdentifier: row?.identifier ?? '',
    superuser: row?.superuser ?? 'postgres',
  };
}

import type { EngineProgress, PostgresConnection } from '../../engines/types.ts';
import { psql } from './psql.ts';
import { behaviourSql, constraintsSql, relationsSql, tablesSql } from './schema.ts';
import { censusFor, hospitalTables, type TableRows } from './tables.ts';

export interface CreateHospitalOptions {
  /** A user who may create tables in a database that has none. */
  readonly connection: PostgresConnection;
  /** Absolute path of psql. */
  readonly psqlBin: string;
  readonly signal: AbortSignal;
  readonly progress?: (progress: EngineProgress) => void;
  /** About how many rows in all; 330,000 when it is not given. */
  readonly rows?: number;
  readonly seed?: string;
}

export interface Hospital {
  readonly rows: number;
  /** Rows by table. */
  readonly tables: Readonly<Record<string, number>>;
}

export const defaultSeed = 'holdfast';
export const defaultRows = 330_000;

/** Text given to one psql: large enough that starting it costs nothing, small enough to hold a few in memory. */
const chunkCharacters = 3_000_000;

/**
 * Makes an invented hospital in an empty database: tables, rows by COPY, then keys, indexes, triggers and a view. The same
 * seed and size give the same content everywhere. Throws `demo-database-not-filled` when PostgreSQL refuses.
 */
export async function createHospital(options: CreateHospitalOptions): Promise<Hospital> {
  const { connection, psqlBin, signal } = options;
  const load = (sql: string): Promise<void> => psql(psqlBin, connection, sql, signal);
  const tables = hospitalTables(options.seed ?? defaultSeed, censusFor(options.rows ?? defaultRows));

  await load(tablesSql);
  const counts: Record<string, number> = {};
  await twoAtATime(chunks(tables), async (chunk) => {
    await load(chunk.sql);
    counts[chunk.table] = (counts[chunk.table] ?? 0) + chunk.rows;
    const done = sum(counts);
    options.progress?.({ done, total: Math.max(done, options.rows ?? defaultRows), unit: 'rows', note: chunk.table });
  });
  await Promise.all(constraintsSql.map(load));
  await Promise.all(relationsSql.map(load));
  await load(`${sequencesSql(Object.keys(counts))}\n${behaviourSql}\nanalyze;`);
  return { rows: sum(counts), tables: counts };
}

interface Chunk {
  readonly table: string;
  readonly rows: number;
  readonly sql: string;
}

function* chunks(tables: readonly TableRows[]): Generator<Chunk> {
  for (const { table, columns, lines } of tables) {
    const head = `copy ${table} (${columns.join(', ')}) from stdin;\n`;
    let sql = head;
    let rows = 0;
    for (const line of lines) {
      sql += `${line}\n`;
      rows += 1;
      if (sql.length < chunkCharacters) continue;
      yield { table, rows, sql: `${sql}\\.\n` };
      sql = head;
      rows = 0;
    }
    if (rows > 0) yield { table, rows, sql: `${sql}\\.\n` };
  }
}

/** Makes the next chunk while the one before is still being loaded; the first failure ends it. */
async function twoAtATime(source: Iterable<Chunk>, load: (chunk: Chunk) => Promise<void>): Promise<void> {
  const iterator = source[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await load(next.value);
  };
  const ended = await Promise.allSettled([lane(), lane()]);
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

/** The rows came with their ids, so the sequences must be told where to go on. */
function sequencesSql(tables: readonly string[]): string {
  const withIdentity = tables.filter(
    (table) => !['departments', 'staff', 'beds', 'medications', 'vitals', 'invoice_lines'].includes(table),
  );
  const identities = withIdentity.map(
    (table) => `select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table};`,
  );
  return [...identities, `select setval('patient_mrn_seq', 100000 + max(id)) from patients;`].join('\n');
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

import { readdir, readFile } from 'node:fs/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { sha256 } from '../lib/hash.ts';
import type { Database, Queryable } from './types.ts';

/** One numbered step of the schema. Once released it never changes; a change is a new number. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

const createLedger = `
create schema if not exists holdfast;
create table if not exists holdfast.migrations (
  number integer primary key,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`;

/** Any number that no other program is likely to use: processes that migrate at once wait for each other here. */
const migrationLock = 7_239_401_153;

/**
 * Brings the schema up to date; safe when several processes do it at once. Errors: `store-newer` when the database knows
 * migrations that this program does not, `store-changed` when one of them differs. Then nothing is changed.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    const applied = await readLedger(transaction);
    refuseForeign(applied, migrations);
    for (const migration of migrations) {
      if (applied.has(migration.number)) continue;
      if (applied.size === 0 && migration === migrations[0]) await transaction.query(createLedger);
      await transaction.query(migration.sql);
      await transaction.query('insert into holdfast.migrations (number, name, sha256) values ($1, $2, $3)', [
        migration.number,
        migration.name,
        sha256(migration.sql),
      ]);
    }
  });
}

/** The migrations of this program, in order of their numbers. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const directory = new URL('./migrations/', import.meta.url);
  const migrations: Migration[] = [];
  for (const file of (await readdir(directory)).sort()) {
    const match = /^(\d{3})-([a-z0-9-]+)\.sql$/.exec(file);
    if (match === null) continue;
    const sql = await readFile(new URL(file, directory), 'utf8');
    migrations.push({ number: Number(match[1]), name: file.slice(0, -4), sql });
  }
  return migrations;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

async function readLedger(transaction: Queryable): Promise<ReadonlyMap<number, Applied>> {
  const [ledger] = await transaction.query<{ found: string | null }>(
    `select to_regclass('holdfast.migrations')::text as found`,
  );
  if (ledger?.found == null) return new Map();
  const rows = await transaction.query<Applied>('select number, name, sha256 from holdfast.migrations order by number');
  return new Map(rows.map((row) => [row.number, row]));
}

function refuseForeign(applied: ReadonlyMap<number, Applied>, migrations: readonly Migration[]): void {
  const known = Math.max(0, ...migrations.map(({ number }) => number));
  const found = Math.max(0, ...applied.keys());
  if (found > known) throw new HoldfastError('store-newer', { found, known });
  for (const { number, name, sql } of migrations) {
    const there = applied.get(number);
    if (there !== undefined && there.sha256 !== sha256(sql)) throw new HoldfastError('store-changed', { name });
  }
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { bench } from '../../../test/services/bench.ts';
import { startPostgres, type TestPostgres } from '../../../test/services/postgres.ts';
import { runUnprivileged } from '../../../test/services/programs.ts';
import type { PostgresFacts } from '../facts.ts';
import type { CheckResult } from '../types.ts';
import { writeCanary } from './canary.ts';
import { collectPostgresFacts } from './collect.ts';
import { comparePostgres } from './compare.ts';
import { oddDatabase } from './odd-database.fixture.ts';

let source: TestPostgres;
let target: TestPostgres;
let facts: PostgresFacts;

beforeAll(async () => {
  [source, target] = await Promise.all([startPostgres(), startPostgres({ settings: ["datestyle = 'German'"] })]);
  await source.sql('create database ledger');
  await source.sql(oddDatabase, 'ledger');
  const canary = await writeCanary(source.at('ledger'), bench());
  const noDump = async () => ({ artifacts: [], bytes: 0, warnings: [], durationMs: 0 });
  ({ facts } = await collectPostgresFacts(source.at('ledger'), noDump, { canary }, bench()));
  const env = { PGHOST: source.connection.host, PGUSER: 'postgres' };
  const globals = runUnprivileged(`${source.bin}/pg_dumpall`, ['--globals-only'], { env });
  const dump = runUnprivileged(`${source.bin}/pg_dump`, ['--create', 'ledger'], { env });
  runUnprivileged(`${target.bin}/psql`, ['-qX', 'postgres'], {
    env: { PGHOST: target.connection.host, PGUSER: 'postgres' },
    input: `${globals.replace('CREATE ROLE postgres;', '')}\n${dump}`,
  });
});

afterAll(async () => {
  await source?.stop();
  await target?.stop();
});

/** Runs the checks on a copy of the restored database, damaged by statements. */
async function damaged(statements: string): Promise<CheckResult[]> {
  await target.sql('drop database if exists damaged');
  await target.sql('create database damaged template ledger');
  try {
    await target.sql(statements, 'damaged');
    const results = await comparePostgres(facts, target.at('damaged'), bench());
    // A copy by template has another name, and rights and settings are of the database, not in it.
    return results.map((result) => (result.name === 'schema' ? withoutDatabase(result) : result));
  } finally {
    await target.sql('drop database if exists damaged with (force)');
  }
}

function withoutDatabase(result: CheckResult): CheckResult {
  const details = result.details.filter((line) => !/^(?:database|setting) /.test(line));
  return { ...result, details, status: details.length === 0 ? 'passed' : 'failed' };
}

function failures(results: readonly CheckResult[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    results.filter((result) => result.status !== 'passed').map((result) => [result.name, result.details]),
  );
}

test('a restored database passes every comparison, whatever the configuration of its server', async () => {
  const results = await comparePostgres(facts, target.at('ledger'), bench());
  expect(failures(results)).toEqual({});
  expect(results.map((result) => result.name)).toEqual([
    'row-counts',
    'content-hashes',
    'schema',
    'sequences',
    'canary',
  ]);
});

test('the database that facts were taken of passes its own comparison', async () => {
  expect(failures(await comparePostgres(facts, source.at('ledger'), bench()))).toEqual({});
});

test('facts know ordinary, partitioned and inherited tables, large objects and odd names', () => {
  const names = facts.tables.map((table) => `${table.schema}.${table.table}`);
  expect(names).toContain('odd "schema.장부 "quoted"');
  expect(names).toContain('public.events_2026');
  expect(names).toContain('public.no_columns');
  expect(names).toContain('pg_catalog.pg_largeobject');
  expect(names).not.toContain('public.events');
  expect(facts.tables.find((table) => table.table === 'no_columns')?.rows).toBe(2);
});

test('facts hold no row of the database', () => {
  expect(JSON.stringify(facts)).not.toContain('planted row');
});

test.each([
  ['a deleted row', 'delete from public.entries where id = 7', ['row-counts', 'content-hashes']],
  ['a changed byte in a value', "update public.entries set note = 'Note 7' where id = 7", ['content-hashes']],
  ['an empty text where nothing was', "update public.entries set maybe = '' where id = 3", ['content-hashes']],
  ['a dropped index', 'drop index public.entries_note', ['schema']],
  ['a dropped function', 'drop function public.twice(integer)', ['schema']],
  [
    'a changed function',
    "create or replace function public.twice(n integer) returns integer language sql as 'select n * 3'",
    ['schema'],
  ],
  ['a missing grant', 'revoke select on public.entries from reader', ['schema']],
  ['another owner', 'alter table public.entries owner to reader', ['schema']],
  ['a dropped constraint', 'alter table public.entries drop constraint status_known', ['schema']],
  [
    'a changed constraint',
    "alter table public.entries drop constraint status_known, add constraint status_known check (status in ('open', 'shut'))",
    ['schema'],
  ],
  ['a disabled trigger', 'alter table public.entries disable trigger touch', ['schema']],
  ['a dropped policy', 'drop policy own on public.entries', ['schema']],
  ['a changed default', "alter table public.entries alter status set default 'shut'", ['schema']],
  ['a dropped comment', 'comment on table public.entries is null', ['schema']],
  ['a dropped extension', 'drop extension pg_trgm cascade', ['schema']],
  [
    'a changed view',
    'create or replace view public.open_entries as select id, note from public.entries where id > 1',
    ['schema'],
  ],
  ['an added table', 'create table public.extra ()', ['row-counts', 'schema']],
  ['a sequence set back', "select setval('public.entries_id_seq', 3)", ['sequences']],
  ['a sequence that was never used', "select setval('public.entries_id_seq', 100, false)", ['sequences']],
  ['a changed large object', "select lo_put(oid, 0, 'X') from pg_largeobject_metadata", ['content-hashes']],
  ['a canary of another backup', "update holdfast.canary set token = 'other'", ['content-hashes', 'canary']],
  ['a canary that is gone', 'drop table holdfast.canary', ['row-counts', 'content-hashes', 'schema', 'canary']],
])('finds %s, and only that', async (_, statements, expected) => {
  const found = failures(await damaged(statements));
  expect(Object.keys(found)).toEqual(expected);
  for (const details of Object.values(found)) expect(details.length).toBeGreaterThan(0);
});

test('names the table that differs, and never quotes a row', async () => {
  const results = await damaged("update public.entries set note = 'planted row, changed' where id = 7");
  expect(failures(results)).toEqual({ 'content-hashes': ['the content of "public"."entries" differs'] });
  expect(JSON.stringify(results)).not.toContain('planted');
});

test('a missing role is found, one more role is not a difference', async () => {
  await target.sql('create role one_more');
  const withMore = await comparePostgres(facts, target.at('ledger'), bench());
  expect(failures(withMore)).toEqual({});
  const recorded = { ...facts, schema: [...facts.schema, 'role forgotten\tsuperuser f'] };
  expect(failures(await comparePostgres(recorded, target.at('ledger'), bench()))).toEqual({
    schema: ['role forgotten: missing'],
  });
});

test('a server that is gone is never green: nothing could be checked', async () => {
  const gone = { ...target.at('ledger'), host: '/nonexistent' };
  const results = await comparePostgres(facts, gone, bench());
  expect(new Set(results.map((result) => result.status))).toEqual(new Set(['could-not-run']));
});

test('what was written after the snapshot is neither in the facts nor missing from them', async () => {
  await source.sql('create database moving');
  await source.sql(
    'create table t (id serial, v text); insert into t (v) select i from generate_series(1, 100) i',
    'moving',
  );
  const dump = async () => {
    await source.sql("insert into t (v) select 'late' from generate_series(1, 10)", 'moving');
    return { artifacts: [], bytes: 0, warnings: [], durationMs: 0 };
  };
  const { facts: moving } = await collectPostgresFacts(source.at('moving'), dump, {}, bench());
  expect(moving.tables[0]?.rows).toBe(100);
  expect(moving.sequences[0]?.value).toBe('100..110');
});

test('a failed dump ends the reading and is what is thrown', async () => {
  const dump = async () => {
    throw new Error('the dump failed');
  };
  await expect(collectPostgresFacts(source.at('ledger'), dump, {}, bench())).rejects.toThrow('the dump failed');
  const sessions = await source.sql(
    "select count(*)::int as n from pg_stat_activity where application_name = 'holdfast' and state <> 'idle'",
  );
  expect(sessions).toEqual([{ n: 0 }]);
});

test('a cancelled reading ends its query on the server', async () => {
  const controller = new AbortController();
  const dump = async () => {
    controller.abort();
    throw new Error('aborted');
  };
  await expect(
    collectPostgresFacts(source.at('ledger'), dump, {}, { ...bench(), signal: controller.signal }),
  ).rejects.toThrow();
});

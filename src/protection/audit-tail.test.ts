import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../../test/services/postgres.ts';
import { removeDirectory } from '../../test/services/programs.ts';
import { parseSite } from '../config/load.ts';
import type { PostgresAsset } from '../config/site.ts';
import { type OpenDatabase, openDatabase } from '../store/open-database.ts';
import { copyAuditTail } from './audit-tail.ts';

let directory: string;
let source: TestPostgres;
let own: OpenDatabase;

beforeAll(async () => {
  directory = mkdtempSync('/var/tmp/hf-tail-');
  chmodSync(directory, 0o711);
  source = await startPostgres();
  await source.sql(
    'create table audit_log (id bigserial, actor text, op text, table_name text, ts timestamptz default now())',
  );
  own = await openDatabase({ dataDirectory: join(directory, 'data'), signal: new AbortController().signal });
}, 120_000);
afterAll(async () => {
  await own?.close();
  await source?.stop();
  removeDirectory(directory);
});

const site = parseSite(
  `site: clinic
stores: { local: { path: /var/tmp/none, password: { env: X } } }
assets:
  ledger:
    postgres: { url: { env: X }, audit-table: audit_log }
    objectives: { rpo: 1h, rto: 1h }
    copies: [local]
`,
  'holdfast.yaml',
);

const look = () =>
  copyAuditTail(
    { connection: source.connection, asset: site.assets.ledger as PostgresAsset, name: 'ledger', site: 'clinic' },
    own,
    { timeoutMs: 10_000 },
  );
const copied = async () =>
  (await own.query<{ actor: string }>('select actor from audit_tail order by ts, actor')).map((row) => row.actor);

test('copies rows once, however often it looks', async () => {
  await source.sql(
    "insert into audit_log (actor, op, table_name) values ('nurse.kim', 'insert', 'vitals'), ('dr.chen', 'update', 'visits')",
  );
  expect(await look()).toBe(2);
  expect(await look()).toBe(0);
  expect((await copied()).sort()).toEqual(['dr.chen', 'nurse.kim']);
});

test('finds the row of a transaction that began before the last look and committed after it', async () => {
  const slow = new pg.Client({ ...source.connection });
  await slow.connect();
  await slow.query('begin');
  await slow.query("insert into audit_log (actor, op, table_name) values ('slow.writer', 'insert', 'visits')");
  await source.sql("insert into audit_log (actor, op, table_name) values ('quick.writer', 'insert', 'visits')");
  expect(await look()).toBe(1);
  await slow.query('commit');
  await slow.end();
  expect(await look()).toBe(1);
  expect(await copied()).toContain('slow.writer');
});

test('equal rows of one moment are told apart', async () => {
  await source.sql(
    "insert into audit_log (actor, op, table_name) select 'batch', 'insert', 'vitals' from generate_series(1, 5)",
  );
  expect(await look()).toBe(5);
});

test('a name with quotes in it is a table, not SQL', async () => {
  const asset = { ...(site.assets.ledger as PostgresAsset) };
  const hostile = { ...asset, postgres: { ...asset.postgres, 'audit-table': 'audit_log"; drop table audit_log; --' } };
  await expect(
    copyAuditTail({ connection: source.connection, asset: hostile, name: 'ledger', site: 'clinic' }, own, {
      timeoutMs: 10_000,
    }),
  ).rejects.toThrow(/does not exist/);
  expect((await source.sql('select count(*)::int as n from audit_log'))[0]?.n).toBeGreaterThan(0);
});

test('a server that does not answer is an error, in the time allowed', async () => {
  await source.stop();
  await expect(look()).rejects.toThrow();
});

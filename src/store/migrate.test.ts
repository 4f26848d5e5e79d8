import { mkdtemp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, readMigrations } from './migrate.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';

const signal = new AbortController().signal;
let data: string;
let database: OpenDatabase;

beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-migrate-');
  database = await openDatabase({ dataDirectory: data, signal });
});

afterAll(async () => {
  await database?.close();
  await rm(data, { recursive: true, force: true });
});

test('migrations are numbered without gaps', async () => {
  const numbers = (await readMigrations()).map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('processes that migrate at once apply each migration once', async () => {
  const known = await readMigrations();
  const more = [
    ...known,
    { number: 900, name: '900-once', sql: 'create table once (n int); insert into once values (1)' },
  ];
  await Promise.all([migrate(database, more), migrate(database, more), migrate(database, more)]);
  expect(await database.query('select n from once')).toEqual([{ n: 1 }]);
  await database.query('drop table once');
  await database.query('delete from migrations where number = 900');
});

test('a database with a newer schema is refused and left as it is', async () => {
  await database.query(`insert into migrations (number, name, sha256) values (901, '901-from-the-future', '')`);
  const before = await database.query('select * from migrations order by number');
  await expect(openDatabase({ dataDirectory: data, signal })).rejects.toMatchObject({
    code: 'store-newer',
    details: { found: 901, known: (await readMigrations()).length },
  });
  expect(await database.query('select * from migrations order by number')).toEqual(before);
  await database.query('delete from migrations where number = 901');
});

test('a database whose migration was altered is refused', async () => {
  const [first, ...others] = await readMigrations();
  if (first === undefined) throw new Error('there are no migrations');
  const altered = [{ ...first, sql: `${first.sql}\n-- altered` }, ...others];
  await expect(migrate(database, altered)).rejects.toMatchObject({
    code: 'store-changed',
    details: { name: '001-runs' },
  });
});

test('a migration that fails leaves nothing of itself', async () => {
  const broken = [
    ...(await readMigrations()),
    { number: 902, name: '902-broken', sql: 'create table half (n int); select 1/0' },
  ];
  await expect(migrate(database, broken)).rejects.toThrow(/division by zero/);
  expect(await database.query(`select to_regclass('half')::text as half`)).toEqual([{ half: null }]);
  expect(await database.query('select number from migrations where number = 902')).toEqual([]);
});

test('a transaction that throws leaves nothing', async () => {
  await database.query('create table ledger (n int)');
  await expect(
    database.transaction(async (transaction) => {
      await transaction.query('insert into ledger values (1)');
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await database.query('select * from ledger')).toEqual([]);
});

test('a server that cannot be reached is named without its password', async () => {
  const error = await openDatabase({
    url: 'postgres://holdfast:hunter2-secret@127.0.0.1:1/records',
    dataDirectory: data,
    signal,
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'store-unavailable' });
  expect(JSON.stringify(error)).toContain('127.0.0.1:1/records');
  expect(JSON.stringify(error)).not.toContain('hunter2');
});

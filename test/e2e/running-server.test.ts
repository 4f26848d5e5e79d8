import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGatesOf, startHoldfast } from '../services/holdfast.ts';
import { startPostgres, type TestPostgres } from '../services/postgres.ts';
import { removeDirectory } from '../services/programs.ts';

let directory: string;
let source: TestPostgres;
let target: TestPostgres;

beforeAll(async () => {
  directory = mkdtempSync('/var/tmp/hf-server-');
  chmodSync(directory, 0o711);
  [source, target] = await Promise.all([startPostgres(), startPostgres()]);
  await source.sql('create database shop');
  await source.sql(
    "create table orders (id int primary key, note text); insert into orders select n, 'order ' || n from generate_series(1, 500) n",
    'shop',
  );
  writeFileSync(join(directory, 'password'), 'a password of the test\n', { mode: 0o600 });
  mkdirSync(join(directory, 'store'), { mode: 0o777 });
  chmodSync(join(directory, 'store'), 0o777);
  writeFileSync(
    join(directory, 'holdfast.yaml'),
    `site: shop
stores:
  local: { path: store, password: { file: password } }
assets:
  orders:
    postgres: { url: { env: SHOP_URL } }
    objectives: { rpo: 1d, rto: 1h }
    copies: [local]
`,
  );
  await openGatesOf((...args) => startHoldfast([...args, ...places()]).ended);
}, 120_000);
afterAll(async () => {
  await Promise.all([source?.stop(), target?.stop()]);
  removeDirectory(directory);
});

const places = () => ['--site', join(directory, 'holdfast.yaml'), '--data', join(directory, 'holdfast')];

async function holdfast(server: TestPostgres, ...args: string[]) {
  const url = `postgres://postgres@/shop?host=${encodeURIComponent(server.connection.host)}&port=${server.connection.port}`;
  const ended = await startHoldfast([...args, '--json', ...places()], { SHOP_URL: url }).ended;
  return { code: ended.code, output: JSON.parse(ended.stdout) };
}

const orders = async (server: TestPostgres) =>
  (await server.sql('select count(*)::int as n from orders', 'shop'))[0]?.n;

describe('recovery into a server that somebody else runs', () => {
  test('brings the database back into an empty server', async () => {
    expect((await holdfast(source, 'protect')).code).toBe(0);
    const { code, output } = await holdfast(target, 'recover');
    expect(output.outcome?.verdict ?? output).toBe('PROVEN');
    expect(code).toBe(0);
    expect(await orders(target)).toBe(500);
  });

  test('refuses a database that holds something, and leaves it as it was', async () => {
    await target.sql('insert into orders values (501, $$new$$)', 'shop');
    const { code, output } = await holdfast(target, 'recover');
    expect(output.error?.code).toBe('target-not-empty');
    expect(code).toBe(5);
    expect(await orders(target)).toBe(501);
  });

  test('with --replace the old one is renamed, not dropped', async () => {
    const { code } = await holdfast(target, 'recover', '--replace');
    expect(code).toBe(0);
    expect(await orders(target)).toBe(500);
    const [aside] = await target.sql("select datname from pg_database where datname like 'shop\\_before\\_%'");
    expect((await target.sql('select count(*)::int as n from orders', String(aside?.datname)))[0]?.n).toBe(501);
  });

  test('a database that somebody is using is not moved away under them', async () => {
    const user = new (await import('pg')).default.Client({ ...target.at('shop') });
    await user.connect();
    try {
      const { output, code } = await holdfast(target, 'recover', '--replace');
      expect(output.outcome.assets[0].error.code).toBe('target-in-use');
      expect(code).toBe(3);
      expect((await user.query('select count(*)::int as n from orders')).rows[0].n).toBe(500);
    } finally {
      await user.end();
    }
  });

  test('a server that does not answer is named, and nothing is changed', async () => {
    await target.stop();
    const { output, code } = await holdfast(target, 'recover');
    expect(output.error?.code).toBe('target-unreachable');
    expect(code).toBe(6);
  });
});

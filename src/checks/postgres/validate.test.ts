import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bench } from '../../../test/services/bench.ts';
import { startPostgres, type TestPostgres } from '../../../test/services/postgres.ts';
import { removeDirectory, temporaryDirectory } from '../../../test/services/programs.ts';
import { sha256 } from '../../lib/hash.ts';
import { childAccountNow } from '../../process/account.ts';
import { initCluster } from '../../process/postgres/init-cluster.ts';
import { startServer } from '../../process/postgres/start-server.ts';
import { checkIndexes } from './amcheck.ts';
import { readPostgresFacts } from './collect.ts';
import { checkPageChecksums } from './page-checksums.ts';
import { checkSql } from './sql.ts';
import { validatePostgres } from './validate.ts';
import { writeProbe } from './write-probe.ts';

let server: TestPostgres;
let home: string;

beforeAll(async () => {
  server = await startPostgres();
  home = temporaryDirectory();
  await server.sql('create database shop');
  await server.sql(
    'create table t (id integer primary key, v text); insert into t select i, i::text from generate_series(1, 5000) i',
    'shop',
  );
});
afterAll(async () => {
  await server?.stop();
  removeDirectory(home);
});

test('a sound database passes every check, and none of them leaves anything in it', async () => {
  const before = await readPostgresFacts(server.at('shop'), {}, bench());
  mkdirSync(join(home, 'dump'));
  writeFileSync(join(home, 'dump/toc.dat'), 'contents');
  const facts = { ...before, artifacts: [{ path: 'dump/toc.dat', size: 8, sha256: sha256('contents') }] };
  const request = {
    facts,
    dump: home,
    connection: server.at('shop'),
    bin: server.bin,
    expectations: [{ query: 'select 1', expect: 1 }],
  };
  await writeProbe(server.at('shop'), bench());
  const results = await validatePostgres(request, bench());
  expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual([
    ...['dump-files passed', 'row-counts passed', 'content-hashes passed', 'schema passed', 'sequences passed'],
    ...['amcheck passed', 'sql passed', 'page-checksums passed'],
  ]);
  expect((await readPostgresFacts(server.at('shop'), {}, bench())).schema).toEqual(before.schema);

  const content = readFileSync(join(home, 'dump/toc.dat'));
  content.writeUInt8(content.readUInt8(2) ^ 4, 2);
  writeFileSync(join(home, 'dump/toc.dat'), content);
  const [artifacts] = await validatePostgres(request, bench());
  expect(artifacts).toMatchObject({ name: 'dump-files', status: 'failed', details: ['dump/toc.dat was changed'] });
});

test.each([
  ['a count', { query: 'select count(*) from public.t', expect: 5000 }, []],
  ['a number with decimals', { query: 'select 42.00', expect: 42 }, []],
  ['a truth', { query: 'select true', expect: true }, []],
  ['nothing', { query: 'select null', expect: null }, []],
  ['a text, through the usual search path', { query: 'select v from t where id = 7', expect: '7' }, []],
  ['another value', { query: "select 'planted secret'", expect: 'x' }, ['it returns another value']],
  ['two rows', { query: 'select v from t', expect: '1' }, ['it does not return one row with one column']],
  ['two columns', { query: 'select 1, 2', expect: 1 }, ['it does not return one row with one column']],
  ['a wrong query', { query: 'select nonsense', expect: 1 }, ['PostgreSQL refused the query']],
  [
    'a query that writes',
    { query: 'insert into t values (0) returning 1', expect: 1 },
    ['PostgreSQL refused the query'],
  ],
])('an expectation of %s is judged, and the value found is never told', async (_, expectation, problems) => {
  const result = await checkSql([expectation], server.at('shop'), bench());
  expect(result.status).toBe(problems.length === 0 ? 'passed' : 'failed');
  expect(result.details.map((line) => line.slice(line.indexOf('): ') + 3))).toEqual(problems);
});

test('a wrong expectation does not keep the others from being checked', async () => {
  const expectations = [
    { query: 'select nonsense', expect: 1 },
    { query: 'select 1', expect: 1 },
  ];
  expect(await checkSql(expectations, server.at('shop'), bench())).toMatchObject({ summary: '1 of 2 SQL' });
});

test('an index that lacks a row is found, by name', async () => {
  await server.sql('create database lacking template shop');
  await server.sql("update pg_index set indisready = false where indexrelid = 't_pkey'::regclass", 'lacking');
  await server.sql("insert into t values (9999, 'not in the index')", 'lacking');
  await server.sql("update pg_index set indisready = true where indexrelid = 't_pkey'::regclass", 'lacking');
  const result = await checkIndexes({ connection: server.at('lacking'), bin: server.bin }, bench());
  expect(result.status).toBe('failed');
  expect(result.details[0]).toContain('lacking.public.t_pkey');
  expect(JSON.stringify(result)).not.toContain('not in the index');
});

test('without pg_amcheck nothing is claimed', async () => {
  const result = await checkIndexes({ connection: server.at('shop'), bin: home }, bench());
  expect(result).toMatchObject({ status: 'could-not-run', summary: 'amcheck: pg_amcheck is not installed' });
});

test('a page that was changed on the disk is found once it was read', async () => {
  await server.sql('create database worn template shop strategy file_copy');
  await server.sql('checkpoint');
  const [row] = await server.sql("select pg_relation_filepath('t') as path", 'worn');
  const [copied] = await server.sql("select oid from pg_database where datname = 'worn'");
  expect(copied).toBeDefined();
  const path = join(server.data, String(row?.path));
  const content = readFileSync(path);
  content.writeUInt8(content.readUInt8(8000) ^ 1, 8000);
  writeFileSync(path, content);
  await expect(server.sql('select count(*) from t', 'worn')).rejects.toThrow('invalid page');
  const result = await checkPageChecksums(server.at('worn'), bench());
  expect(result.status).toBe('failed');
});

test('a cluster without page checksums is said to have none, not to be sound', async () => {
  const plain = await startPostgres({ checksums: false });
  expect((await checkPageChecksums(plain.connection, bench())).status).toBe('could-not-run');
  await plain.stop();
});

test('the write probe says when a commit went through, and leaves nothing', async () => {
  const { commitMs } = await writeProbe(server.at('shop'), bench());
  expect(commitMs).toBeGreaterThan(0);
  expect(await server.sql("select 1 from pg_namespace where nspname like 'holdfast%'", 'shop')).toEqual([]);
});

test('a database that takes no write is not writable, however well it answers', async () => {
  await server.sql('create database frozen');
  await server.sql('alter database frozen set default_transaction_read_only = on');
  await expect(writeProbe(server.at('frozen'), bench())).rejects.toMatchObject({ code: 'database-not-writable' });
});

test('the write probe waits while the server is in recovery, and gives up at its limit', async () => {
  const account = childAccountNow();
  const directory = temporaryDirectory('hfr-');
  const limits = { signal: new AbortController().signal, timeoutMs: 60_000 };
  const data = join(directory, 'data');
  await initCluster({ bin: server.bin, data, superuser: 'postgres', account, auth: 'trust', sync: false }, limits);
  writeFileSync(join(data, 'standby.signal'), '');
  const standby = await startServer(
    {
      ...{ bin: server.bin, data, socketDirectory: join(directory, 's'), port: 5432, superuser: 'postgres', account },
      settings: { restore_command: '/bin/false', fsync: 'off' },
      lifetime: 'with-holdfast',
    },
    limits,
  );
  try {
    const connection = { ...standby.connection, database: 'postgres' };
    await expect(writeProbe(connection, bench(), 100)).rejects.toMatchObject({ code: 'database-not-writable' });
    const probing = writeProbe(connection, bench());
    const { query } = await import('../../../test/services/postgres.ts');
    await query(connection, 'select pg_promote(wait => false)');
    expect((await probing).commitMs).toBeGreaterThan(0);
  } finally {
    await standby.stop('immediate');
    removeDirectory(directory);
  }
});

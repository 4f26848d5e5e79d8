import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { childAccount } from '../account.ts';
import { initCluster } from './init-cluster.ts';
import { isAlive } from './postmaster.ts';
import { findServerPrograms } from './server-programs.ts';
import { startServer } from './start-server.ts';
import type { PostgresServer, ServerSpec } from './types.ts';

const limits = { signal: new AbortController().signal, timeoutMs: 60_000 };
let room: string;
let bin: string;
const servers: PostgresServer[] = [];

beforeEach(async () => {
  room = await mkdtemp('/tmp/hf-pg-');
  const { chmod } = await import('node:fs/promises');
  await chmod(room, 0o711);
  bin = (await findServerPrograms())[0]?.bin ?? '';
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('immediate');
  await rm(room, { recursive: true, force: true });
});

async function cluster(): Promise<ServerSpec> {
  const account = await childAccount();
  await initCluster(
    { bin, data: join(room, 'data'), superuser: 'keeper', account, auth: { password: 'sesame-9' }, sync: false },
    limits,
  );
  return {
    bin,
    data: join(room, 'data'),
    socketDirectory: join(room, 'socket'),
    port: 5432,
    superuser: 'keeper',
    password: 'sesame-9',
    account,
    lifetime: 'with-holdfast',
  };
}

async function started(spec: ServerSpec): Promise<PostgresServer> {
  const server = await startServer(spec, limits);
  servers.push(server);
  return server;
}

async function ask(server: PostgresServer, sql: string): Promise<unknown> {
  const client = new Client({ ...server.connection, database: 'postgres' });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

test('a cluster is made with checksums and a password, and its server answers queries', async () => {
  const server = await started(await cluster());
  expect(await ask(server, 'show data_checksums')).toBe('on');
  const stranger = new Client({ ...server.connection, password: 'wrong', database: 'postgres' });
  await expect(stranger.connect()).rejects.toThrow(/password/);
  await server.stop('fast');
  expect(await isAlive(server.pid)).toBe(false);
});

test('a server in a sandbox without network is reached through its socket directory from outside', async () => {
  const spec = await cluster();
  const server = await started({
    ...spec,
    data: '/drill/data',
    socketDirectory: '/drill/socket',
    sandbox: { network: false, readable: {}, writable: { [room]: '/drill' } },
  }).catch((error: unknown) => {
    throw error;
  });
  expect(server.connection.host).toBe(join(room, 'socket'));
  expect(await ask(server, 'select 40 + 2')).toBe(42);
  await server.stop('fast');
  expect(await isAlive(server.pid)).toBe(false);
});

test('a cluster is never made in a directory that holds something', async () => {
  await writeFile(join(room, 'precious'), 'x');
  await expect(initCluster({ bin, data: room, superuser: 'keeper', auth: 'trust' }, limits)).rejects.toMatchObject({
    code: 'cluster-not-empty',
  });
  expect(await readFile(join(room, 'precious'), 'utf8')).toBe('x');
});

test('a server that cannot start says so in the words of its own log', async () => {
  const spec = await cluster();
  await expect(startServer({ ...spec, settings: { shared_buffers: 'plenty' } }, limits)).rejects.toMatchObject({
    code: 'server-not-started',
    message: expect.stringContaining('shared_buffers'),
  });
});

test('a second server on one data directory is refused and leaves the first alone', async () => {
  const spec = await cluster();
  const first = await started(spec);
  await expect(startServer({ ...spec, socketDirectory: join(room, 'other') }, limits)).rejects.toMatchObject({
    code: 'server-not-started',
  });
  await expect(startServer(spec, limits)).rejects.toMatchObject({ code: 'server-not-started' });
  expect(await ask(first, 'select 1')).toBe(1);
});

test('a left-over postmaster.pid that names a stranger does not keep the server down', async () => {
  const spec = await cluster();
  const stale = `${process.pid}\n${spec.data}\n1\n5432\n${spec.socketDirectory}\n\n0 0\nready\n`;
  await writeFile(join(spec.data, 'postmaster.pid'), stale);
  const server = await started(spec);
  expect(await ask(server, 'select 1')).toBe(1);
});

test('a detached server lives on and stops when it is told', async () => {
  const server = await started({ ...(await cluster()), lifetime: 'detached' });
  expect(await isAlive(server.pid)).toBe(true);
  expect(await ask(server, 'select 1')).toBe(1);
  await server.stop('fast');
  expect(await isAlive(server.pid)).toBe(false);
  expect((await server.logTail()).join('\n')).toContain('database system is shut down');
});

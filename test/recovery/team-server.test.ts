import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRuns } from '../../src/execution/open-runs.ts';
import type { Workflow } from '../../src/execution/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { childAccount } from '../../src/process/account.ts';
import { initCluster } from '../../src/process/postgres/init-cluster.ts';
import { findServerPrograms } from '../../src/process/postgres/server-programs.ts';
import { type PostgresServer, startServer } from '../../src/process/postgres/start-server.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openGatesOf } from '../fixtures/open-gates.ts';
import { openTestAudit } from '../fixtures/test-audit.ts';

const limits = { signal: new AbortController().signal, timeoutMs: 60_000 };
const password = 'p@ss/word:9';
let room: string;
let server: PostgresServer;

beforeAll(async () => {
  room = await mkdtemp('/tmp/hf-team-');
  await chmod(room, 0o711);
  const [programs] = await findServerPrograms();
  const bin = programs?.bin ?? '';
  const account = await childAccount();
  const superuser = 'team';
  const data = join(room, 'cluster');
  await initCluster({ bin, data, superuser, account, auth: { password }, sync: false }, limits);
  server = await startServer(
    {
      bin,
      data,
      socketDirectory: join(room, 'socket'),
      port: await freePort(),
      listen: '127.0.0.1',
      superuser,
      password,
      account,
      lifetime: 'with-holdfast',
    },
    limits,
  );
});

afterAll(async () => {
  await server?.stop('fast');
  await rm(room, { recursive: true, force: true });
});

test("the same records and runs are kept on a team's own server, named by a URL", async () => {
  const url = `postgres://team:${encodeURIComponent(password)}@127.0.0.1:${server.connection.port}/postgres`;
  const dataDirectory = join(room, 'holdfast');
  const database = await openDatabase({ url, dataDirectory, signal: limits.signal });
  expect(database.where).toBe(`127.0.0.1:${server.connection.port}/postgres`);
  const workflow: Workflow<{ n: number }, number> = {
    name: 'double',
    execute: async (run, { n }) =>
      (
        await run.step(
          { name: 'double', title: 'Double', gates: ['host.read'], effects: ['none'], target: 'n' },
          async () => n * 2,
        )
      ).result,
  };
  const audit = await openTestAudit(database, dataDirectory);
  await openGatesOf(database, audit, 'team', ['host.read']);
  const runs = openRuns({
    database,
    audit,
    clock: systemClock,
    report: () => undefined,
    redact: (text) => text,
    workflows: [workflow],
    actor: { name: 'tester', kind: 'person', face: 'cli' },
    signal: limits.signal,
    applicationVersion: 'test',
  });
  const run = await runs.start(workflow, { n: 21 }, { site: 'team' });
  expect(await run.result()).toBe(42);
  expect(await runs.list()).toMatchObject([{ id: run.id, status: 'succeeded', output: 42 }]);
  await runs.close();
  await database.close();
  // Nothing of ours is in the schema that the team uses.
  const again = await openDatabase({ url, dataDirectory, signal: limits.signal });
  expect(await again.query(`select tablename from pg_tables where schemaname = 'public'`)).toEqual([]);
  await again.close();
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

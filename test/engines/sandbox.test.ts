import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectPostgresFacts } from '../../src/checks/postgres/collect.ts';
import { validatePostgres } from '../../src/checks/postgres/validate.ts';
import { writeProbe } from '../../src/checks/postgres/write-probe.ts';
import { postgresSource } from '../../src/engines/api.ts';
import { childAccountNow } from '../../src/process/account.ts';
import { initCluster } from '../../src/process/postgres/init-cluster.ts';
import { startServer } from '../../src/process/postgres/start-server.ts';
import { bench } from '../services/bench.ts';
import { startPostgres } from '../services/postgres.ts';
import { removeDirectory, temporaryDirectory } from '../services/programs.ts';

test('a dump is loaded and passes every check in a sandbox without network, under other paths than outside', async () => {
  const [source, home] = [await startPostgres(), temporaryDirectory('hfs-')];
  const limits = { signal: new AbortController().signal, timeoutMs: 60_000 };
  try {
    await source.sql('create database ledger');
    await source.sql(
      'create table t (id serial primary key, v text); insert into t (v) select i from generate_series(1, 900) i',
      'ledger',
    );
    const engine = postgresSource('pg-dump');
    const from = { connection: source.at('ledger'), bin: source.bin, jobs: 2 };
    const dump = join(home, 'dump');
    const { facts } = await collectPostgresFacts(
      from.connection,
      (snapshot, own) => engine.capture({ ...from, snapshot }, dump, own),
      {},
      bench(),
    );
    expect(facts.artifacts.length).toBeGreaterThan(3);

    const account = childAccountNow();
    const data = join(home, 'data');
    await initCluster({ bin: source.bin, data, superuser: 'postgres', account, auth: 'trust', sync: false }, limits);
    const sandbox = { network: false, readable: {}, writable: { [home]: '/drill' } };
    const server = await startServer(
      {
        ...{ bin: source.bin, data: '/drill/data', socketDirectory: '/drill/s', port: 5432, superuser: 'postgres' },
        ...{ account, sandbox, lifetime: 'with-holdfast' },
      },
      limits,
    );
    try {
      const target = { connection: { ...server.connection, database: 'postgres' }, bin: source.bin, sandbox };
      await engine.restore(dump, { ...target, database: 'ledger', jobs: 2 }, bench());
      const connection = { ...server.connection, database: 'ledger' };
      await writeProbe(connection, bench());
      const results = await validatePostgres({ ...target, connection, facts, dump, expectations: [] }, bench());
      expect(results.filter((result) => result.status !== 'passed')).toEqual([]);
      expect(results.map((result) => result.name)).toContain('amcheck');
    } finally {
      await server.stop('immediate');
    }
  } finally {
    await source.stop();
    removeDirectory(home);
  }
});

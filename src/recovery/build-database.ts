import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresFacts } from '../checks/facts.ts';
import { postgresSource } from '../engines/api.ts';
import type { Bench } from '../engines/types.ts';
import { untilAbandoned } from '../process/abandoned.ts';
import { initCluster } from '../process/postgres/init-cluster.ts';
import { type PostgresServer, startServer } from '../process/postgres/start-server.ts';
import { run } from '../process/run.ts';
import { removeTree } from '../process/scratch.ts';
import type { Account, Sandbox } from '../process/types.ts';

/** Where a database is made of a dump, and by whom. */
export interface DatabasePlan {
  readonly facts: PostgresFacts;
  /** The dump, as the source engine wrote it. */
  readonly dump: string;
  /** Data directory to make. What an interrupted attempt left there is removed. */
  readonly data: string;
  /** Short directory that only `account` enters: nobody else reaches the server while it is loading. */
  readonly socketDirectory: string;
  readonly bin: string;
  readonly superuser: string;
  readonly account: Account;
  readonly auth: 'trust' | { readonly password: string };
  readonly sandbox?: Sandbox;
  readonly jobs: number;
}

/**
 * While it loads, a new cluster is worth nothing: a crash starts it anew. So it does not wait for the disk until the load is
 * done; then everything is written out once.
 */
const loadSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  archive_mode: 'off',
  autovacuum: 'off',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  maintenance_work_mem: '256MB',
  shared_buffers: '256MB',
} as const;

const hour = 3_600_000;

/**
 * Makes a cluster and loads the dump into it: afterwards the data directory holds the whole database at rest, written to
 * disk, and no server runs. Throws what the loader found.
 */
export async function buildDatabase(
  plan: DatabasePlan,
  bench: Bench,
): Promise<{ readonly warnings: readonly string[] }> {
  await untilAbandoned(plan.data, bench.signal);
  await removeTree(plan.data);
  const limits = { signal: bench.signal, timeoutMs: 5 * 60_000 };
  const own = plan.sandbox === undefined ? {} : { sandbox: plan.sandbox };
  await initCluster(
    {
      bin: plan.bin,
      data: plan.data,
      superuser: plan.superuser,
      account: plan.account,
      encoding: plan.facts.encoding,
      auth: plan.auth,
      sync: false,
    },
    limits,
  );
  const server = await privateServer({ ...plan, settings: loadSettings }, bench);
  let warnings: readonly string[];
  try {
    const restored = await postgresSource('pg-dump').restore(
      plan.dump,
      {
        connection: { ...server.connection, database: 'postgres' },
        database: plan.facts.database,
        jobs: plan.jobs,
        bin: plan.bin,
        ...own,
      },
      bench,
    );
    warnings = restored.warnings;
  } catch (error) {
    await server.stop('immediate');
    throw error;
  }
  await server.stop('fast', hour);
  await writeOut(plan, bench);
  return { warnings };
}

/** The port only names the socket file: a private server listens on no network. */
const privatePort = 5432;

/**
 * Starts a server that only Holdfast reaches: on a socket in a directory that only `account` enters. There, and nowhere else,
 * it trusts who connects; the cluster's own rules for its clients stay as they are.
 */
export async function privateServer(
  spec: Pick<DatabasePlan, 'bin' | 'data' | 'socketDirectory' | 'superuser' | 'account' | 'sandbox'> & {
    readonly settings: Readonly<Record<string, string>>;
  },
  bench: Pick<Bench, 'signal'>,
): Promise<PostgresServer> {
  const rules = join(spec.socketDirectory, 'hba.conf');
  await writeFile(rules, 'local all all trust\n');
  await chmod(rules, 0o644);
  return await startServer(
    {
      bin: spec.bin,
      data: spec.data,
      socketDirectory: spec.socketDirectory,
      port: privatePort,
      settings: { ...spec.settings, hba_file: rules },
      superuser: spec.superuser,
      account: spec.account,
      lifetime: 'with-holdfast',
      ...(spec.sandbox === undefined ? {} : { sandbox: spec.sandbox }),
    },
    { signal: bench.signal, timeoutMs: 10 * 60_000 },
  );
}

/** `initdb --sync-only`: everything in the data directory is on the disk when it returns. */
async function writeOut(plan: DatabasePlan, bench: Bench): Promise<void> {
  await run(
    {
      program: `${plan.bin}/initdb`,
      args: ['--sync-only', '-D', plan.data],
      account: plan.account,
      ...(plan.sandbox === undefined ? {} : { sandbox: plan.sandbox }),
    },
    { signal: bench.signal, timeoutMs: hour },
  );
}

import { randomBytes } from 'node:crypto';
import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresFacts } from '../checks/facts.ts';
import { validatePostgres } from '../checks/postgres/validate.ts';
import { writeProbe } from '../checks/postgres/write-probe.ts';
import type { CheckResult } from '../checks/types.ts';
import { resolvePath } from '../config/paths.ts';
import type { PostgresAsset } from '../config/site.ts';
import { postgresSource } from '../engines/api.ts';
import type { Bench, PostgresConnection } from '../engines/types.ts';
import type { AssetOutcome } from '../evidence/model.ts';
import { formatDuration } from '../lib/duration.ts';
import { accountNamed } from '../process/account.ts';
import { mayBeServerOf, readPostmaster } from '../process/postgres/postmaster.ts';
import { startServer } from '../process/postgres/start-server.ts';
import { postgresPrograms } from '../process/programs.ts';
import { removeTree, scratch } from '../process/scratch.ts';
import type { Account } from '../process/types.ts';
import { besidePath, recordBeside } from '../protection/work.ts';
import { buildDatabase, privateServer } from './build-database.ts';
import { endLoaders, moveDatabaseAside } from './database-aside.ts';
import { fetchPoint, readFacts } from './fetch-point.ts';
import { moveAside, removeEmpty } from './move-aside.ts';
import { fetchStep, validateStep } from './phase-steps.ts';
import type { Recovery } from './recover-asset.ts';
import { connectionOf, examineTarget, isEmpty } from './targets.ts';

type Found = Pick<AssetOutcome, 'checks' | 'engine'> & { readonly backAt: string };

/**
 * Brings a database back. It is loaded and verified while no client can reach it; then the server is started where clients
 * look for it, and the clock stops when a write was committed there.
 */
export async function recoverPostgres(recovery: Recovery): Promise<Found> {
  const { estate, run, input, directory, step, phases } = recovery;
  const fetched = await step(fetchStep(input, 'restore.run'), (bench) =>
    fetchPoint(estate, input.source, input.chosen, directory, { isolated: false }, bench),
  );
  phases.fetchMs = fetched.durationMs;
  for (const other of input.waitFor) await run.waitFor(other);
  const place = new Place(recovery, fetched.result);
  const restored = await step(
    {
      name: 'restore',
      title: `Restore ${input.asset}`,
      gates: ['restore.run'],
      effects: input.replace ? ['write', 'disrupt'] : ['write'],
      target: `asset ${input.asset}`,
      summary: (result: Restored) =>
        result.aside === null ? result.engine : `${result.engine}; moved aside: ${result.aside}`,
    },
    (bench) => place.restore(bench),
  );
  phases.restoreMs = restored.durationMs;
  const validated = await step(validateStep(input.asset, 'restore.run'), (bench) => place.validate(bench));
  phases.validateMs = validated.durationMs;
  const started = await step(
    {
      name: 'start',
      title: `Open ${input.asset} for its clients`,
      gates: ['restore.run'],
      effects: ['write'],
      target: `asset ${input.asset}`,
      summary: (result: { readonly commitMs: number }) =>
        `writable, probe committed in ${formatDuration(result.commitMs)}`,
    },
    (bench) => place.open(bench),
  );
  phases.startMs = started.durationMs;
  return { checks: [...validated.result], engine: restored.result.engine, backAt: started.finishedAt };
}

interface Restored {
  readonly engine: string;
  /** Where what stood there before was moved to. */
  readonly aside: string | null;
}

/** In the data directory until its server is opened for clients: which run made it. */
const runMarker = 'holdfast.run';

/** Where one database is put: a cluster of its own, or a server that is already there. */
class Place {
  readonly #recovery: Recovery;
  readonly #fetched: { readonly data: string; readonly facts: string };

  constructor(recovery: Recovery, fetched: { readonly data: string; readonly facts: string }) {
    this.#recovery = recovery;
    this.#fetched = fetched;
  }

  async restore(bench: Bench): Promise<Restored> {
    const { estate, input } = this.#recovery;
    const cluster = await this.#cluster();
    if (cluster !== undefined && (await this.#isOurs(cluster.data)))
      return { engine: (await this.#engine()).title, aside: null };
    // What an attempt of this run had begun in somebody's server stands in the way of this one, and is nobody else's.
    const replace = input.replace || (await this.#hasBegun());
    const target = await examineTarget(estate, input.source, input.asset, { bench, replace });
    if (target.kind === 'new-cluster') return await this.#makeCluster(bench);
    if (target.kind === 'running-server') return await this.#intoServer(target.connection, bench);
    throw new TypeError(`${input.asset} is no database`);
  }

  async validate(bench: Bench): Promise<readonly CheckResult[]> {
    const { facts, bin } = await this.#engine();
    const expectations = this.#asset.checks.map((one) => one.sql);
    const check = (connection: PostgresConnection, foreign: boolean) =>
      validatePostgres({ facts, dump: this.#fetched.data, connection, bin, expectations, foreign }, bench);
    const cluster = await this.#cluster();
    if (cluster === undefined) return await check(await this.#clientConnection(), true);
    const sockets = await scratch('socket', { account: cluster.account, short: true });
    try {
      const server = await privateServer(
        { ...cluster, bin, socketDirectory: sockets.path, superuser: facts.superuser, settings: {} },
        bench,
      );
      try {
        return await check({ ...server.connection, database: facts.database }, false);
      } finally {
        await server.stop('fast');
      }
    } finally {
      await sockets.remove();
    }
  }

  /** Starts the server where its clients look for it, and writes. After a crash in here the server may be up already. */
  async open(bench: Bench): Promise<{ readonly commitMs: number }> {
    const cluster = await this.#cluster();
    if (cluster !== undefined) {
      const { bin, facts } = await this.#engine();
      const postmaster = await readPostmaster(cluster.data);
      if (postmaster === undefined || !(await mayBeServerOf(postmaster.pid, cluster.data))) {
        await startServer(
          {
            bin,
            data: cluster.data,
            socketDirectory: cluster.socket,
            port: cluster.port,
            superuser: facts.superuser,
            account: cluster.account,
            lifetime: 'detached',
          },
          { signal: bench.signal, timeoutMs: 10 * 60_000 },
        );
      }
    }
    const probed = await writeProbe(await this.#clientConnection(), bench);
    if (cluster !== undefined) await rm(join(cluster.data, runMarker), { force: true });
    return probed;
  }

  /** Builds beside the place and renames: the data directory is either not there or whole. */
  async #makeCluster(bench: Bench): Promise<Restored> {
    const cluster = await this.#cluster();
    if (cluster === undefined) throw new TypeError('a cluster is made only where the site file describes one');
    const { facts, bin, title } = await this.#engine();
    const { estate, run } = this.#recovery;
    const building = besidePath(run.id, cluster.data);
    await recordBeside(estate, run.id, building);
    const sockets = await scratch('socket', { account: cluster.account, short: true });
    try {
      await buildDatabase(
        {
          facts,
          dump: this.#fetched.data,
          data: building,
          socketDirectory: sockets.path,
          bin,
          superuser: facts.superuser,
          account: cluster.account,
          // Clients sign in as the roles of the dump; nobody has this password, and an administrator sets a new one.
          auth: { password: randomBytes(24).toString('base64url') },
          jobs: 2,
        },
        bench,
      );
    } catch (error) {
      // It holds a copy of the data, and nobody would look for it there.
      await removeTree(building);
      throw error;
    } finally {
      await sockets.remove();
    }
    await writeFile(join(building, runMarker), this.#recovery.run.id);
    let aside: string | null = null;
    if (!(await isEmpty(cluster.data))) aside = await moveAside(cluster.data, this.#recovery.input.at);
    await removeEmpty(cluster.data);
    await rename(building, cluster.data);
    return { engine: title, aside };
  }

  async #intoServer(connection: PostgresConnection, bench: Bench): Promise<Restored> {
    const { facts, bin, title } = await this.#engine();
    if (await this.#hasBegun()) await endLoaders(connection);
    const aside = await moveDatabaseAside(connection, this.#recovery.estate.clock);
    await writeFile(this.#begunFile, '');
    await postgresSource('pg-dump').restore(
      this.#fetched.data,
      { connection: { ...connection, database: 'postgres' }, database: facts.database, jobs: 2, bin },
      bench,
    );
    return { engine: title, aside };
  }

  /** There from the moment when this run begins a database in a server that others run. */
  get #begunFile(): string {
    return join(this.#recovery.directory, 'begun');
  }

  async #hasBegun(): Promise<boolean> {
    return await access(this.#begunFile).then(
      () => true,
      () => false,
    );
  }

  get #asset(): PostgresAsset {
    const asset = this.#recovery.input.source.site.assets[this.#recovery.input.asset];
    if (asset === undefined || !('postgres' in asset))
      throw new TypeError(`${this.#recovery.input.asset} is no database`);
    return asset;
  }

  async #cluster(): Promise<{ data: string; port: number; socket: string; account: Account } | undefined> {
    const { cluster } = this.#asset.postgres;
    if (cluster === undefined) return undefined;
    const { estate, input } = this.#recovery;
    const path = (text: string) => resolvePath(text, input.source.directory);
    return {
      data: path(cluster.data),
      port: cluster.port,
      socket: path(cluster.socket ?? '/var/run/postgresql'),
      account: cluster.account === undefined ? estate.account : await accountNamed(cluster.account),
    };
  }

  #clientConnection() {
    return connectionOf(this.#recovery.estate, this.#asset);
  }

  async #engine(): Promise<{ facts: PostgresFacts; bin: string; title: string }> {
    const facts = await readFacts(this.#fetched.facts);
    if (facts.kind !== 'postgres')
      throw new TypeError(`the facts of ${this.#recovery.input.asset} are those of ${facts.kind}`);
    const programs = await postgresPrograms(Math.floor(facts.serverVersion / 10_000));
    return { facts, bin: programs.bin, title: `PostgreSQL ${programs.version}` };
  }

  /** An attempt of this very run died between the rename and its record: the place is done, and not somebody else's. */
  async #isOurs(data: string): Promise<boolean> {
    const marker = await readFile(join(data, runMarker), 'utf8').catch(() => '');
    return marker === this.#recovery.run.id;
  }
}

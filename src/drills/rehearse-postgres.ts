import { join } from 'node:path';
import type { PostgresFacts } from '../checks/facts.ts';
import { checkArtifacts } from '../checks/postgres/artifacts.ts';
import { validatePostgres } from '../checks/postgres/validate.ts';
import { writeProbe } from '../checks/postgres/write-probe.ts';
import type { CheckResult } from '../checks/types.ts';
import type { Bench } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { AssetOutcome } from '../evidence/model.ts';
import { formatDuration } from '../lib/duration.ts';
import type { PostgresServer } from '../process/postgres/types.ts';
import { postgresPrograms } from '../process/programs.ts';
import { type Scratch, scratch } from '../process/scratch.ts';
import type { Sandbox } from '../process/types.ts';
import { buildDatabase, privateServer } from '../recovery/build-database.ts';
import { readFacts } from '../recovery/fetch-point.ts';
import { validateStep } from '../recovery/phase-steps.ts';
import type { Rehearsal } from './drill-asset.ts';

/** Makes a database of the dump in isolation, starts it as it would serve, and checks it. */
export async function rehearsePostgres(rehearsal: Rehearsal): Promise<Pick<AssetOutcome, 'checks' | 'engine'>> {
  const { input, step, phases } = rehearsal;
  const place = new RehearsalServer(rehearsal);
  try {
    const restored = await step(
      {
        name: 'restore',
        title: `Restore ${input.asset}`,
        gates: ['restore.drill'],
        effects: ['write'],
        target: `asset ${input.asset}`,
        summary: (result: Built) =>
          result.damaged === null ? `${result.engine} ${isolationWords[input.isolation]}` : result.damaged.summary,
      },
      (bench) => place.build(bench),
    );
    phases.restoreMs = restored.durationMs;
    if (restored.result.damaged !== null) return { checks: [restored.result.damaged], engine: '' };
    const started = await step(
      {
        name: 'start',
        title: `Start ${input.asset}`,
        gates: ['restore.drill'],
        effects: ['write'],
        target: `asset ${input.asset}`,
        summary: (result: { readonly commitMs: number }) =>
          `writable, probe committed in ${formatDuration(result.commitMs)}`,
      },
      async (bench) => writeProbe(await place.connection(bench), bench),
    );
    phases.startMs = started.durationMs;
    const validated = await step(validateStep(input.asset, 'restore.drill'), async (bench) => place.validate(bench));
    phases.validateMs = validated.durationMs;
    return { checks: [...validated.result], engine: restored.result.engine };
  } finally {
    await place.close();
  }
}

interface Built {
  readonly engine: string;
  readonly warnings: readonly string[];
  /** The dump is not what was recorded: it was not loaded. */
  readonly damaged: CheckResult | null;
}

const isolationWords = { sandbox: 'in a sandbox without network', process: 'in a process of its own' } as const;

/**
 * The server of one rehearsal. It lives in this process only: after a crash it is started anew on the data directory that
 * the restore step left, when a later step needs it.
 */
class RehearsalServer {
  readonly #rehearsal: Rehearsal;
  #server: PostgresServer | undefined;
  #sockets: Scratch | undefined;
  #facts: PostgresFacts | undefined;

  constructor(rehearsal: Rehearsal) {
    this.#rehearsal = rehearsal;
  }

  async build(bench: Bench): Promise<Built> {
    const { facts, version } = await this.#engine();
    const engine = `PostgreSQL ${version}`;
    try {
      return { engine, damaged: null, ...(await this.#load(bench)) };
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== 'dump-damaged') throw error;
      const damaged = await checkArtifacts(facts.artifacts, this.#rehearsal.fetched.data, bench);
      if (damaged.status !== 'failed') throw error;
      return { engine, damaged, warnings: [] };
    }
  }

  async #load(bench: Bench): Promise<{ readonly warnings: readonly string[] }> {
    const { estate, fetched, directory } = this.#rehearsal;
    const { facts, bin } = await this.#engine();
    return await buildDatabase(
      {
        facts,
        dump: fetched.data,
        data: join(directory, 'pgdata'),
        socketDirectory: await this.#socketDirectory(),
        bin,
        superuser: facts.superuser,
        account: estate.account,
        auth: 'trust',
        jobs: 2,
        ...(await this.#isolation()),
      },
      bench,
    );
  }

  async validate(bench: Bench) {
    const { facts, bin } = await this.#engine();
    return await validatePostgres(
      {
        facts,
        dump: this.#rehearsal.fetched.data,
        connection: await this.connection(bench),
        bin,
        expectations: expectationsOf(this.#rehearsal),
        ...(await this.#isolation()),
      },
      bench,
    );
  }

  /** A connection to the restored database; starts the server when this process has not. */
  async connection(bench: Bench) {
    const { facts, bin } = await this.#engine();
    this.#server ??= await privateServer(
      {
        bin,
        data: join(this.#rehearsal.directory, 'pgdata'),
        socketDirectory: await this.#socketDirectory(),
        superuser: facts.superuser,
        account: this.#rehearsal.estate.account,
        settings: {},
        ...(await this.#isolation()),
      },
      bench,
    );
    return { ...this.#server.connection, database: facts.database };
  }

  async close(): Promise<void> {
    await this.#server?.stop('immediate');
    await this.#sockets?.remove();
  }

  async #engine() {
    if (this.#facts === undefined) {
      const facts = await readFacts(this.#rehearsal.fetched.facts);
      if (facts.kind !== 'postgres')
        throw new TypeError(`the facts of ${this.#rehearsal.input.asset} are those of ${facts.kind}`);
      this.#facts = facts;
    }
    const programs = await postgresPrograms(Math.floor(this.#facts.serverVersion / 10_000));
    return { facts: this.#facts, bin: programs.bin, version: programs.version };
  }

  async #socketDirectory(): Promise<string> {
    this.#sockets ??= await scratch('socket', { account: this.#rehearsal.estate.account, short: true });
    return this.#sockets.path;
  }

  /** Paths are the same inside and outside, so that one command line serves both. */
  async #isolation(): Promise<{ sandbox?: Sandbox }> {
    if (this.#rehearsal.input.isolation !== 'sandbox') return {};
    const sockets = await this.#socketDirectory();
    const { directory } = this.#rehearsal;
    return { sandbox: { network: false, writable: { [directory]: directory, [sockets]: sockets }, readable: {} } };
  }
}

function expectationsOf(rehearsal: Rehearsal) {
  const asset = rehearsal.input.source.site.assets[rehearsal.input.asset];
  return asset !== undefined && 'postgres' in asset ? asset.checks.map((check) => check.sql) : [];
}

import { chmod, chown, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseSite } from '../config/load.ts';
import type { EngineProgress, PostgresConnection } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { initCluster } from '../process/postgres/init-cluster.ts';
import { startServer } from '../process/postgres/start-server.ts';
import type { PostgresServer } from '../process/postgres/types.ts';
import { run } from '../process/run.ts';
import type { Account } from '../process/types.ts';
import { createHospital, defaultRows, defaultSeed, type Hospital } from './hospital/create.ts';
import { createDocuments, type Documents } from './hospital/documents.ts';
import { psql } from './hospital/psql.ts';
import { censusFor } from './hospital/tables.ts';
import { randomToken, writeMarker } from './marker.ts';
import { siteText } from './site-text.ts';

export interface WorldOptions {
  /** Where everything goes: made when it is not there, refused when it is not empty. */
  readonly directory: string;
  /** Who runs the database server and owns documents and stores; must not be root. */
  readonly account: Account;
  /** Directory of PostgreSQL's server programs and psql. */
  readonly bin: string;
  /** Names the socket file; the server listens on no network. */
  readonly port: number;
  /** 1 is a whole hospital: 330,000 rows and 2,100 documents. Tests use a hundredth. */
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly progress?: (progress: EngineProgress) => void;
}

/** A demo site: a hospital at work, and a site file that says how it is protected. */
export interface World {
  /** Absolute, without symbolic links. */
  readonly directory: string;
  /** What the marker in the directory says: proof that this very run made it. */
  readonly id: string;
  readonly account: Account;
  readonly siteFile: string;
  readonly connection: PostgresConnection;
  readonly server: PostgresServer;
  readonly data: string;
  readonly socketDirectory: string;
  readonly documents: string;
  readonly stores: { readonly local: string; readonly second: string };
  readonly made: { readonly hospital: Hospital; readonly documents: Documents };
}

/**
 * Makes the demo site: a PostgreSQL server of its own with a hospital's records, a tree of documents, two places for recovery
 * points, a password and holdfast.yaml. When it fails, nothing of it is left. Throws `demo-directory-not-empty`,
 * `demo-directory-out-of-reach`, `demo-database-not-filled` and what starting a server throws.
 */
export async function createWorld(options: WorldOptions): Promise<World> {
  const directory = await freshDirectory(options);
  const socketDirectory = await mkdtemp(join(await realpath(tmpdir()), 'hf-demo-'));
  const undo: (() => Promise<void>)[] = [
    () => rm(directory, { recursive: true, force: true }),
    () => rm(socketDirectory, { recursive: true, force: true }),
  ];
  try {
    const id = await writeMarker(directory);
    const places = await makePlaces(directory, options.account);
    const password = randomToken();
    const server = await startRecords(options, { data: places.data, socketDirectory, password });
    undo.push(() => server.stop('immediate'));
    const connection = { ...server.connection, database: 'hospital' };
    const siteFile = await writeSite(directory, { ...options, ...places, socketDirectory, connection });
    const made = await fill(options, { server, connection, documents: places.documents });
    const { account } = options;
    return { directory, id, account, siteFile, connection, server, socketDirectory, made, ...places };
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  }
}

async function freshDirectory({ directory, account, signal }: WorldOptions): Promise<string> {
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length > 0) throw new HoldfastError('demo-directory-not-empty', { directory });
  const real = await realpath(directory);
  await chmod(real, 0o755);
  // Asked as the account itself: only the kernel knows all that may forbid it.
  const entered = await run({ program: 'ls', args: ['-d', `${real}/.`], account }, { signal, timeoutMs: 10_000 });
  if (entered.cancelled) throw new HoldfastError('cancelled', { what: 'Making the demo site' });
  if (entered.ok) return real;
  throw new HoldfastError('demo-directory-out-of-reach', { directory: real, account: account.name });
}

interface Places {
  readonly data: string;
  readonly documents: string;
  readonly stores: { readonly local: string; readonly second: string };
}

async function makePlaces(directory: string, account: Account): Promise<Places> {
  const stores = { local: join(directory, 'stores', 'local'), second: join(directory, 'stores', 'second') };
  const documents = join(directory, 'production', 'documents');
  for (const path of [stores.local, stores.second, documents]) {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o750);
    if (isRoot()) await chown(path, account.uid, account.gid);
  }
  return { data: join(directory, 'production', 'postgres'), documents, stores };
}

async function startRecords(
  { bin, account, port, signal }: WorldOptions,
  { data, socketDirectory, password }: { data: string; socketDirectory: string; password: string },
): Promise<PostgresServer> {
  const limits = { signal, timeoutMs: 60_000 };
  const superuser = 'hospital';
  await initCluster({ bin, data, superuser, account, auth: { password } }, limits);
  return await startServer(
    { bin, data, socketDirectory, port, superuser, password, account, lifetime: 'with-holdfast' },
    limits,
  );
}

async function writeSite(
  directory: string,
  site: WorldOptions & Places & { readonly socketDirectory: string; readonly connection: PostgresConnection },
): Promise<string> {
  const { connection } = site;
  const query = new URLSearchParams({ host: connection.host, port: String(connection.port) });
  await secret(
    join(directory, 'secrets', 'records-url'),
    `postgres://${connection.user}:${connection.password}@/${connection.database}?${query}`,
  );
  await secret(join(directory, 'secrets', 'store-password'), randomToken());
  const file = join(directory, 'holdfast.yaml');
  const text = siteText({ ...site, account: site.account.name });
  parseSite(text, file);
  await writeFile(file, text, { mode: 0o644 });
  return file;
}

async function fill(
  { bin, scale, signal, progress, account }: WorldOptions,
  { server, connection, documents }: { server: PostgresServer; connection: PostgresConnection; documents: string },
): Promise<World['made']> {
  const rows = Math.round(defaultRows * scale);
  const psqlBin = join(bin, 'psql');
  const report = progress === undefined ? {} : { progress };
  await psql(psqlBin, { ...server.connection, database: 'postgres' }, 'create database hospital;', signal);
  const hospital = await createHospital({ connection, psqlBin, signal, rows, ...report });
  const owner = isRoot() ? { owner: account } : {};
  const files = censusFor(rows).documents;
  return {
    hospital,
    documents: await createDocuments(documents, { seed: defaultSeed, files, signal, ...owner, ...report }),
  };
}

async function secret(path: string, value: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `${value}\n`, { mode: 0o600, flag: 'wx' });
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresConnection } from '../../src/engines/types.ts';
import { removeDirectory, runUnprivileged, temporaryDirectory, unprivileged } from './programs.ts';

/** A PostgreSQL server that one test owns. */
export interface TestPostgres {
  /** The superuser's connection to database `postgres`. */
  readonly connection: PostgresConnection;
  /** Directory of the versioned programs. */
  readonly bin: string;
  readonly data: string;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** The same server, another database. */
  at(database: string): PostgresConnection;
  /** Runs statements as the superuser; rows of the last one. */
  sql(text: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  /** Stops the server at once and removes its directory. Nothing of it is left. */
  stop(): Promise<void>;
}

export interface TestPostgresOptions {
  /** Lines for postgresql.conf. */
  readonly settings?: readonly string[];
  /** Page checksums. Default true. */
  readonly checksums?: boolean;
  readonly user?: string;
  /** Also listens on 127.0.0.1 at this free port. */
  readonly tcpPort?: number;
  /** Asks this password of everybody; without it everybody is trusted. */
  readonly password?: string;
}

/** Starts a private PostgreSQL on a unix socket only, as an unprivileged account. Ready when it resolves. */
export async function startPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const home = temporaryDirectory('hfpg-');
  const data = join(home, 'data');
  const bin = serverPrograms();
  const user = options.user ?? 'postgres';
  try {
    initialise(bin, data, user, options);
  } catch (error) {
    removeDirectory(home);
    throw error;
  }
  const child = start(bin, data, home, options.tcpPort);
  const connection: PostgresConnection = {
    host: home,
    port: options.tcpPort ?? 5432,
    user,
    database: 'postgres',
    ...(options.password === undefined ? {} : { password: options.password }),
  };
  const at = (database: string): PostgresConnection => ({ ...connection, database });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGQUIT');
      await once(child, 'exit');
    }
    removeDirectory(home);
  };
  try {
    await ready(connection, () => child.exitCode !== null || child.signalCode !== null, join(home, 'log'));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    connection,
    bin,
    data,
    pid: child.pid ?? 0,
    at,
    stop,
    sql: (text, database = 'postgres') => query(at(database), text),
  };
}

/** Runs statements on one connection; rows of the last one. */
export async function query(connection: PostgresConnection, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result: unknown = await client.query(text);
    const last = Array.isArray(result) ? result.at(-1) : result;
    return (last as { rows: Record<string, unknown>[] }).rows;
  } finally {
    await client.end();
  }
}

/** The newest versioned directory of PostgreSQL's own programs; never the distribution's wrappers. */
function serverPrograms(): string {
  const candidates = [18, 17, 16, 15, 14].flatMap((major) => [
    `/usr/lib/postgresql/${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
  ]);
  const found = candidates.find((directory) => existsSync(join(directory, 'initdb')));
  if (found === undefined) throw new Error('no PostgreSQL server programs are installed');
  return found;
}

function initialise(bin: string, data: string, user: string, options: TestPostgresOptions): void {
  const passwordFile = `${data}.password`;
  if (options.password !== undefined) writeFileSync(passwordFile, `${options.password}\n`);
  runUnprivileged(join(bin, 'initdb'), [
    ...['-D', data, '-U', user, '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    ...(options.checksums === false ? [] : ['--data-checksums']),
    ...(options.password === undefined ? ['-A', 'trust'] : ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`]),
  ]);
  const settings = ['fsync = off', 'max_connections = 40', 'shared_buffers = 32MB', ...(options.settings ?? [])];
  appendFileSync(join(data, 'postgresql.conf'), `${settings.join('\n')}\n`);
}

function start(bin: string, data: string, home: string, tcpPort?: number): ReturnType<typeof spawn> {
  const addresses = tcpPort === undefined ? '' : '127.0.0.1';
  const places = [`listen_addresses=${addresses}`, `unix_socket_directories=${home}`, `port=${tcpPort ?? 5432}`];
  const listen = places.flatMap((setting) => ['-c', setting]);
  const logging = ['-c', 'logging_collector=on', '-c', `log_directory=${home}`, '-c', 'log_filename=log'];
  const wrapped = unprivileged(join(bin, 'postgres'), ['-D', data, ...listen, ...logging]);
  return spawn(wrapped.program, wrapped.args, {
    cwd: '/',
    stdio: 'ignore',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
  });
}

async function ready(connection: PostgresConnection, dead: () => boolean, log: string): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      await query(connection, 'select 1');
      return;
    } catch (error) {
      if (dead() || Date.now() > until) {
        const said = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '';
        throw new Error(`the test server did not start: ${said}`, { cause: error });
      }
    }
    await delay(25);
  }
}

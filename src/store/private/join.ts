import { stat } from 'node:fs/promises';
import { Client, type ClientConfig } from 'pg';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { childAccount } from '../../process/account.ts';
import { isAlive } from '../../process/postgres/postmaster.ts';
import { stopProcess } from '../../process/postgres/spawn-server.ts';
import { startServer } from '../../process/postgres/start-server.ts';
import type { Account } from '../../process/types.ts';
import { ensureCluster, type PrivateCluster } from './cluster.ts';
import { databaseName, port, superuser } from './layout.ts';

/** A seat at the private server: it is not stopped while anybody has one. */
export interface Seat {
  readonly where: string;
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** Gives the seat back; the last one stops the server and waits until it is down. */
  leave(): Promise<void>;
}

/**
 * Every process that uses the private server holds this lock shared, in a session of its own; the kernel closes the session
 * of a process that is killed. Who leaves and gets the lock for itself alone is the last.
 */
const seatLock = [7_239_401, 1] as const;

const joinLimitMs = 90_000;

/** Attaches to the private server of this data directory, and starts it when it is not running. */
export async function joinPrivateServer(dataDirectory: string, signal: AbortSignal): Promise<Seat> {
  const account = await childAccount();
  const cluster = await ensureCluster(dataDirectory, account, signal);
  const connection = {
    host: cluster.layout.socketDirectory,
    port,
    user: superuser,
    password: cluster.password,
    database: databaseName,
  };
  const keeper = await takeSeat(cluster, connection, account, signal);
  return {
    where: `private server in ${dataDirectory}`,
    connection,
    leave: () => giveSeatBack(keeper),
  };
}

async function takeSeat(
  cluster: PrivateCluster,
  connection: ClientConfig,
  account: Account,
  signal: AbortSignal,
): Promise<Client> {
  const until = performance.now() + joinLimitMs;
  let startError: unknown;
  for (let failures = 0; ; ) {
    if (signal.aborted) throw new HoldfastError('cancelled', { what: 'Opening the store' });
    if (performance.now() > until) throw startError ?? unavailable(cluster, 'it did not accept connections in time');
    const attempt = await tryToSit(connection, cluster, account);
    if ('keeper' in attempt) return attempt.keeper;
    if (attempt.refusal === 'no-database') {
      await createDatabase(connection);
    } else if (attempt.refusal === 'silent') {
      startError = await startUnlessStarted(cluster, account, signal);
      // Another process may have started it between the question and our start: then ours was refused, and theirs will answer.
      if (startError !== undefined && ++failures >= 5) throw startError;
      if (startError !== undefined) await pause(100 * failures);
    } else {
      await pause(25);
    }
  }
}

type Attempt = { readonly keeper: Client } | { readonly refusal: 'silent' | 'busy' | 'no-database' };

async function tryToSit(connection: ClientConfig, cluster: PrivateCluster, account: Account): Promise<Attempt> {
  if (!(await refuseForeignSocket(cluster.layout.socketDirectory, account))) return { refusal: 'silent' };
  const keeper = new Client({ ...connection, connectionTimeoutMillis: 10_000, application_name: 'holdfast seat' });
  // The server may go while we sit (somebody killed it): queries fail and say so, this session alone must not end the process.
  keeper.on('error', () => undefined);
  try {
    await keeper.connect();
    await keeper.query('select pg_advisory_lock_shared($1, $2)', [...seatLock]);
    return { keeper };
  } catch (error) {
    await keeper.end().catch(() => undefined);
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return { refusal: 'silent' };
    if (code === '3D000') return { refusal: 'no-database' };
    // Starting, stopping, or stopped while we waited for the seat.
    if (code?.startsWith('57P0') || passing.has(code ?? '') || /terminated/.test(message)) return { refusal: 'busy' };
    throw unavailable(cluster, message, error);
  }
}

/** Too many clients; the server went while the connection was made. */
const passing: ReadonlySet<string> = new Set(['53300', 'ECONNRESET', 'EPIPE']);

/** False when there is no such directory. One that others own could pose as the server, and would be sent records. */
async function refuseForeignSocket(directory: string, account: Account): Promise<boolean> {
  const found = await stat(directory).catch(() => undefined);
  if (found === undefined) return false;
  if (found.uid !== account.uid || (found.mode & 0o077) !== 0) {
    // Root makes the directory and then gives it away: between the two it is root's.
    if (found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return false;
    throw new HoldfastError('store-insecure-socket', { directory, account: account.name });
  }
  return true;
}

async function startUnlessStarted(
  { layout, runtime }: PrivateCluster,
  account: Account,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    await startServer(
      {
        bin: runtime.bin,
        data: layout.cluster,
        socketDirectory: layout.socketDirectory,
        port,
        superuser,
        account,
        log: layout.log,
        lifetime: 'detached',
        settings: {
          ...settings,
          // Reading through helper processes is for large databases; this one is small.
          ...(runtime.major >= 18 ? { io_method: 'sync' } : {}),
        },
      },
      { signal, timeoutMs: 60_000 },
    );
    return undefined;
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'server-not-started') return error;
    throw error;
  }
}

/** Small and durable: fsync and full page writes stay on, as they are by default. */
const settings = {
  shared_buffers: '32MB',
  max_connections: '100',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  jit: 'off',
  huge_pages: 'off',
  log_checkpoints: 'off',
  // A client that vanished without a word (a suspended machine) gives its locks back.
  tcp_keepalives_idle: '60',
} as const;

async function createDatabase(connection: ClientConfig): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`create database ${databaseName}`);
  } catch (error) {
    // 42P04, 23505: another process made it at the same moment. Whatever else went wrong shows at the next attempt.
    void error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function giveSeatBack(keeper: Client): Promise<void> {
  try {
    await keeper.query('select pg_advisory_unlock_shared($1, $2)', [...seatLock]);
    const { rows } = await keeper.query<{ last: boolean; pid: string }>(
      `select pg_try_advisory_lock($1, $2) as last, split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
      [...seatLock],
    );
    const pid = Number(rows[0]?.pid);
    // While the lock is ours alone, whoever wants to join waits for it; the stop ends their wait, and they start the server anew.
    if (rows[0]?.last === true) await stopProcess(pid, 'fast', 30_000, () => isAlive(pid));
  } catch {
    // The server is gone already.
  } finally {
    await keeper.end().catch(() => undefined);
  }
}

function unavailable({ layout }: PrivateCluster, reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'store-unavailable',
    { where: `private server in ${layout.home}`, reason, log: layout.log },
    cause === undefined ? {} : { cause },
  );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

import { Client, type ClientConfig } from 'pg';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { asStoreError } from '../store/pool-database.ts';

/** First half of the advisory lock that says that a process is alive; the second is its number. */
export const executorLock = 7_239_402;

/** SQL: whether the process that runs the row `runs` is alive. The server drops the lock with the process's session. */
export const executorAlive = `exists (
  select from pg_locks
  where locktype = 'advisory' and granted and objsubid = 2 and mode = 'ExclusiveLock'
    and database = (select oid from pg_database where datname = current_database())
    and classid::bigint = ${executorLock} and objid::bigint = runs.executor
)`;

const cancelChannel = 'holdfast_cancel';

/**
 * This process as one that runs things: a number of its own, and a session that holds the lock of that number for as long as
 * the process lives. While it is held nobody else resumes what runs here; the moment it is lost, what runs here must stop.
 */
export class Executor {
  readonly number: number;
  readonly #session: Client;
  #closing = false;
  #lost = false;

  private constructor(number: number, session: Client) {
    this.number = number;
    this.#session = session;
  }

  /** `onCancel` is told the root of a run that another process wants cancelled; `onLost` that the session broke. */
  static async enter(
    connection: ClientConfig,
    on: { readonly cancel: (root: string) => void; readonly lost: (error: HoldfastError<'store-lost'>) => void },
  ): Promise<Executor> {
    const session = new Client({
      connectionTimeoutMillis: 10_000,
      options: '-c search_path=holdfast',
      keepAlive: true,
      application_name: 'holdfast executor',
      ...connection,
    });
    let executor: Executor | undefined;
    const lost = (reason: string): void => {
      if (executor === undefined || executor.#closing || executor.#lost) return;
      executor.#lost = true;
      on.lost(new HoldfastError('store-lost', { reason }));
    };
    session.on('error', (error) => lost(error.message));
    session.on('end', () => lost('the server closed the connection'));
    session.on('notification', ({ payload }) => {
      if (payload !== undefined) on.cancel(payload);
    });
    const number = await takeNumber(session).catch(async (error: unknown) => {
      await session.end().catch(() => undefined);
      throw asStoreError(error);
    });
    executor = new Executor(number, session);
    return executor;
  }

  /** The session broke: this process may not run anything more. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Lets go of the lock: from now on what still runs here counts as interrupted. */
  async leave(): Promise<void> {
    this.#closing = true;
    await this.#session.end().catch(() => undefined);
  }
}

async function takeNumber(session: Client): Promise<number> {
  await session.connect();
  const { rows } = await session.query<{ number: number }>(`select nextval('executors')::integer as number`);
  const number = rows[0]?.number ?? 0;
  await session.query('select pg_advisory_lock($1, $2)', [executorLock, number]);
  await session.query(`listen ${cancelChannel}`);
  return number;
}

/** SQL that tells the process that runs `$1` to cancel it. */
export const requestCancel = `select pg_notify('${cancelChannel}', $1)`;

import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Database, Queryable } from './types.ts';

/** A Database over a pool of connections. Rows come as node-postgres reads them: timestamps as Date, bigint as text. */
export class PoolDatabase implements Database {
  readonly #pool: Pool;

  constructor(config: PoolConfig) {
    this.#pool = new Pool({
      max: 8,
      connectionTimeoutMillis: 10_000,
      application_name: 'holdfast',
      // Every table of Holdfast is in a schema of its own, beside whatever else a team keeps in that database.
      options: '-c search_path=holdfast',
      ...config,
    });
    // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
    this.#pool.on('error', () => undefined);
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query<Row>(sql, [...values])).rows;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** Runs `work` in one transaction (read committed): all of it is committed, or nothing when it throws. */
  async transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw asStoreError(error);
    }
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query('begin');
      const result = await work(onClient(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((rollback: Error) => {
        broken = rollback;
      });
      throw asStoreError(error);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

function onClient(client: PoolClient): Queryable {
  return {
    async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
      return (await client.query<Row>(sql, [...values])).rows;
    },
  };
}

/** A broken connection by its own code; an error of SQL, which is a fault of ours, stays what it is. */
export function asStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof HoldfastError) return error;
  const { code } = error as { code?: unknown };
  const lost =
    (typeof code === 'string' && /^(08|57P0)/.test(code)) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(String(code)) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
  return lost ? new HoldfastError('store-lost', { reason: error.message }, { cause: error }) : error;
}

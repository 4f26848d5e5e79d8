import { join } from 'node:path';
import { openSigningKey } from '../../src/audit/keys.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import type { SigningKey } from '../../src/audit/note.ts';
import type { AuditLog, Leaf } from '../../src/audit/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { PoolDatabase } from '../../src/store/pool-database.ts';
import { startPostgres } from '../services/postgres.ts';
import { removeDirectory, temporaryDirectory } from '../services/programs.ts';

/** A data directory with a key and an audit log on a PostgreSQL of its own. */
export interface World {
  readonly data: string;
  /** The published log. */
  readonly directory: string;
  readonly key: SigningKey;
  readonly log: AuditLog;
  readonly database: PoolDatabase;
  /** Directory of the server's socket, and its superuser. */
  readonly host: string;
  readonly user: string;
  /** Another process's view: connections of its own. */
  another(): Promise<{ readonly log: AuditLog; readonly database: PoolDatabase }>;
  /** Forgets all leaves and files; the server stays. */
  reset(): Promise<World>;
  close(): Promise<void>;
}

export async function makeWorld(): Promise<World> {
  const server = await startPostgres();
  const { host, port, user, database: name } = server.connection;
  const opened: PoolDatabase[] = [];
  const directories: string[] = [];

  function connect(): PoolDatabase {
    const database = new PoolDatabase({ host, port, user, database: name });
    opened.push(database);
    return database;
  }

  async function begin(): Promise<World> {
    const database = connect();
    await migrate(database, await readMigrations());
    const data = temporaryDirectory('hfaudit-');
    directories.push(data);
    const directory = join(data, 'audit');
    const key = await openSigningKey(data);
    const open = (on: PoolDatabase): AuditLog => openAuditLog({ database: on, directory, key, clock: systemClock });
    return {
      data,
      directory,
      key,
      log: open(database),
      host,
      user,
      database,
      another: async () => {
        const other = connect();
        return { log: open(other), database: other };
      },
      reset: async () => {
        await database.query('drop schema holdfast cascade');
        return begin();
      },
      close: async () => {
        await Promise.all(opened.map((each) => each.close()));
        await server.stop();
        for (const each of directories) removeDirectory(each);
      },
    };
  }

  try {
    return await begin();
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A leaf like those of a drill. */
export function leaf(number: number): Leaf {
  return {
    kind: 'step-finished',
    time: new Date(Date.UTC(2026, 10, 20, 2, 0, 0, number)).toISOString(),
    actor: 'ada',
    run: 'drill-20261120T020000Z-0badcafe',
    step: `step-${number}`,
    facts: { number, outcome: 'succeeded' },
  };
}

/** Leaves `from` to `to - 1`, added in few round trips. */
export async function fill(world: World, from: number, to: number): Promise<void> {
  await world.database.transaction(async (transaction) => {
    for (let number = from; number < to; number += 1) await world.log.append(leaf(number), { transaction });
  });
}

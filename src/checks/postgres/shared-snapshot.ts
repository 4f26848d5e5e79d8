import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { openSession, type Session } from './session.ts';

/** Several connections that see exactly the same rows. */
export interface SharedSnapshot {
  /** Name of the exported snapshot; valid until `close`. */
  readonly id: string;
  readonly leader: Session;
  /** Does work for every item, `sessions` at once, in the order given. The first failure ends it. */
  each<Item>(items: readonly Item[], work: (item: Item, session: Session) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Begins a repeatable-read transaction, exports its snapshot, and holds it until `close`. */
export async function shareSnapshot(
  connection: PostgresConnection,
  sessions: number,
  bench: Bench,
): Promise<SharedSnapshot> {
  const leader = await openSession(connection, bench);
  const all = [leader];
  const close = async (): Promise<void> => {
    await Promise.all(all.map((session) => session.close()));
  };
  try {
    await leader.query('beginning a transaction', 'begin isolation level repeatable read, read only');
    const [row] = await leader.query('exporting a snapshot', 'select pg_export_snapshot() as id');
    const id = row?.id ?? '';
    while (all.length < sessions) all.push(await joinSnapshot(connection, id, bench));
    return { id, leader, each: (items, work) => workThrough(all, items, work), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function joinSnapshot(connection: PostgresConnection, id: string, bench: Bench): Promise<Session> {
  const session = await openSession(connection, bench);
  // The id comes from the server: hexadecimal digits and hyphens.
  const join = `begin isolation level repeatable read, read only; set transaction snapshot '${id.replaceAll("'", '')}'`;
  try {
    await session.query('joining a snapshot', join);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function workThrough<Item>(
  sessions: readonly Session[],
  items: readonly Item[],
  work: (item: Item, session: Session) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let failed = false;
  const ended = await Promise.allSettled(
    sessions.map(async (session) => {
      for (const item of waiting) {
        if (failed) return;
        try {
          await work(item, session);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    }),
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

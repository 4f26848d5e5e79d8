import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Queryable } from '../store/types.ts';
import { openCheckpoint, readCheckpoint } from './checkpoint.ts';
import type { PublicKey } from './note.ts';

/** The longest a process waits for its turn; `lock_timeout` of the function audit_append says the same. */
const turnSeconds = 30;

/** A state of the log that was signed: what the database remembers of it. */
export interface Signed {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
}

/** Puts an entry at the end of the log, or finds the one added under the same key before. Returns its index. */
export async function appendEntry(store: Queryable, key: string | null, entry: string): Promise<number> {
  try {
    const [row] = await store.query<{ place: string }>('select audit_append($1, $2) as place', [key, entry]);
    return Number(row?.place);
  } catch (error) {
    throw asBusy(error);
  }
}

/** Waits until no other process publishes. The turn ends with the transaction. Throws `audit-busy`. */
export async function takeTurn(transaction: Queryable): Promise<void> {
  try {
    await transaction.query(`set local lock_timeout = '${turnSeconds}s'`);
    await transaction.query('select pg_advisory_xact_lock($1, $2)', publishLock);
  } catch (error) {
    throw asBusy(error);
  }
}

/** How many leaves are committed. */
export async function countEntries(transaction: Queryable): Promise<number> {
  const [row] = await transaction.query<{ size: string }>('select size from audit_head');
  return Number(row?.size ?? 0);
}

/** Entries `from` to `to - 1` in order, some hundreds at a time. Throws an Error when one is missing. */
export async function* readEntries(transaction: Queryable, from: number, to: number): AsyncGenerator<Buffer> {
  let next = from;
  while (next < to) {
    const rows = await transaction.query<{ index: string; entry: string }>(
      'select index, entry from audit_leaves where index >= $1 and index < $2 order by index',
      [next, Math.min(to, next + entriesAtOnce)],
    );
    for (const { index, entry } of rows) {
      if (Number(index) !== next) break;
      yield Buffer.from(entry);
      next += 1;
    }
    if (rows.length === 0 || Number(rows.at(-1)?.index) !== next - 1) {
      throw new HoldfastError('audit-database-changed', { index: next, difference: 'it is missing' });
    }
  }
}

/** The newest state that this database saw signed. A row whose signature does not hold was changed. */
export async function lastSigned(transaction: Queryable, key: PublicKey): Promise<Signed | undefined> {
  const [row] = await transaction.query<{ size: string; note: string }>(
    'select size, note from audit_checkpoints order by size desc limit 1',
  );
  if (row === undefined) return undefined;
  const origin = readCheckpoint(row.note)?.origin ?? key.name;
  if (origin !== key.name) throw new HoldfastError('audit-other-key', { origin, key: key.name });
  const opened = openCheckpoint(row.note, key);
  if (!opened.ok || opened.checkpoint.size !== Number(row.size)) {
    const difference = opened.ok ? 'its checkpoint is of another size' : opened.why;
    throw new HoldfastError('audit-database-changed', { index: Number(row.size), difference });
  }
  return { ...opened.checkpoint, note: row.note };
}

/** Remembers a signed state. */
export async function rememberSigned(transaction: Queryable, { size, note }: Signed): Promise<void> {
  await transaction.query('insert into audit_checkpoints (size, note) values ($1, $2) on conflict (size) do nothing', [
    size,
    note,
  ]);
}

const entriesAtOnce = 512;

/** Two numbers of Holdfast's own: who publishes holds this advisory lock. */
const publishLock = [7_239_401, 2];

function asBusy(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  return code === '55P03' ? new HoldfastError('audit-busy', { seconds: turnSeconds }, { cause: error }) : error;
}

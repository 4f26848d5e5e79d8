import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Database } from '../store/types.ts';

/** As long as making a repository over a slow link may take. */
const limitMs = 10 * 60_000;

/**
 * Does what two processes must not do at once: of two that name the same thing the second waits until the first is done. A
 * process that is killed lets go. Throws `cancelled`, and `store-locked` when the other takes too long.
 */
export async function exclusively<Result>(
  database: Database,
  thing: { readonly store: string; readonly location: string },
  { signal }: Pick<Bench, 'signal'>,
  work: () => Promise<Result>,
): Promise<Result> {
  for (const until = performance.now() + limitMs; ; await delay(100)) {
    if (signal.aborted) throw new HoldfastError('cancelled', { what: `Waiting for store ${thing.store}` });
    const done = await database.transaction(async (transaction) => {
      const [lock] = await transaction.query<{ ours: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as ours',
        [`store ${thing.location}`],
      );
      return lock?.ours === true ? { result: await work() } : undefined;
    });
    if (done !== undefined) return done.result;
    if (performance.now() > until) throw new HoldfastError('store-locked', { ...thing, holder: 'another Holdfast' });
  }
}

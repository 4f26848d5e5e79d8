import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Bench, Snapshot } from '../types.ts';
import { callRestic } from './call.ts';
import { list } from './list.ts';
import type { Place } from './place.ts';
import { snapshotHost } from './tags.ts';

const week = 7 * 86_400_000;

/**
 * Copies snapshots between two repositories; restic leaves out those that are here already. Ids differ between repositories,
 * so the new ones are read from the listing, which names each copy's original. Throws `copy-incomplete` when one is not there.
 */
export async function copy(
  place: Place,
  from: Place,
  snapshots: readonly string[],
  bench: Bench,
): Promise<Readonly<Record<string, string>>> {
  if (snapshots.length === 0) return {};
  await callRestic(
    place,
    {
      what: `Copying from store ${from.store} to ${place.store}`,
      args: () => ['copy', `--host=${snapshotHost}`, ...snapshots],
      from,
      limitMs: week,
    },
    bench,
  );
  const here = await list(place, {}, bench);
  return await identify(place, from, snapshots, here, bench);
}

async function identify(
  place: Place,
  from: Place,
  snapshots: readonly string[],
  here: readonly Snapshot[],
  bench: Bench,
): Promise<Readonly<Record<string, string>>> {
  const byOriginal = new Map(here.map((snapshot) => [snapshot.original, snapshot.id]));
  const direct = snapshots.every((snapshot) => byOriginal.has(snapshot));
  // A copy of a copy names the first original, which only the source knows.
  const there = direct ? [] : await list(from, {}, bench);
  const originals = new Map(there.map((snapshot) => [snapshot.id, snapshot.original]));
  const found: Record<string, string> = {};
  for (const snapshot of snapshots) {
    const id = byOriginal.get(snapshot) ?? byOriginal.get(originals.get(snapshot) ?? snapshot);
    if (id === undefined) {
      throw new HoldfastError('copy-incomplete', {
        store: place.store,
        from: from.store,
        snapshot: snapshot.slice(0, 8),
      });
    }
    found[snapshot] = id;
  }
  return found;
}

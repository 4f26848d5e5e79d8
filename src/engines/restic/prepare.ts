import { chown, mkdir, readdir } from 'node:fs/promises';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Bench } from '../types.ts';
import { callRestic } from './call.ts';
import type { Place } from './place.ts';

const minutes = 60_000;

/** Opens the repository, or makes it when there is none. A directory that holds anything else is refused with `store-place-taken`. */
export async function prepare(place: Place, like: Place | undefined, bench: Bench): Promise<{ created: boolean }> {
  if (await isThere(place, bench)) return { created: false };
  if (place.directory !== undefined) await makeDirectory(place, place.directory);
  await callRestic(
    place,
    {
      what: `Making the repository of store ${place.store}`,
      args: () => ['init', ...(like === undefined ? [] : ['--copy-chunker-params'])],
      ...(like === undefined ? {} : { from: like }),
      limitMs: 5 * minutes,
    },
    bench,
  );
  return { created: true };
}

async function isThere(place: Place, bench: Bench): Promise<boolean> {
  try {
    await callRestic(
      place,
      {
        what: `Opening store ${place.store}`,
        args: () => ['cat', 'config', '--no-lock'],
        limitMs: 5 * minutes,
      },
      bench,
    );
    return true;
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'store-missing') return false;
    throw error;
  }
}

/** Made for the account that runs restic: as root we could not otherwise give it a place of its own. */
async function makeDirectory(place: Place, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const [example] = await readdir(directory);
  if (example !== undefined) {
    const { store, location } = place;
    throw new HoldfastError('store-place-taken', { store, location, example });
  }
  if (process.getuid?.() === 0) await chown(directory, place.account.uid, place.account.gid);
}

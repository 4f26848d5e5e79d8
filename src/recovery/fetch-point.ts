import { access, chown, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Facts } from '../checks/facts.ts';
import type { Bench, Fetched } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { formatBytes } from '../lib/bytes.ts';
import { sha256 } from '../lib/hash.ts';
import { together } from '../lib/together.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import { factsFile, openSiteStore } from '../protection/stores.ts';
import type { ChosenCopy } from './choose-copy.ts';

/** A recovery point as files on this machine. */
export interface FetchedPoint {
  /** Directory of what was backed up. */
  readonly data: string;
  /** The facts recorded at backup time; their hash was compared with the record. */
  readonly facts: string;
  readonly bytes: number;
  readonly files: number;
  /** `332 MB`, for a person. */
  readonly size: string;
}

/**
 * Fetches both parts of a recovery point into an empty directory: what an earlier attempt left there is removed first. The
 * facts must have the hash that was recorded when the point was made, else `facts-changed`.
 */
export async function fetchPoint(
  estate: Estate,
  source: SiteSource,
  chosen: ChosenCopy,
  directory: string,
  options: { readonly isolated: boolean; readonly ownership?: boolean },
  bench: Bench,
): Promise<FetchedPoint> {
  const data = join(directory, 'data');
  const factsDirectory = join(directory, 'facts');
  await makeWorkDirectory(estate, directory);
  for (const part of [data, factsDirectory]) {
    await rm(part, { recursive: true, force: true });
    await makeOwned(estate, part);
  }
  const store = openSiteStore(estate, source, chosen.copy.store);
  const [fetched] = await together<[Fetched, Fetched]>(
    bench.signal,
    (signal) => store.fetch(chosen.copy.dataSnapshot, data, { ...bench, signal }, options),
    (signal) =>
      store.fetch(chosen.copy.factsSnapshot, factsDirectory, { ...bench, signal, progress: () => undefined }, options),
  );
  const facts = join(factsDirectory, factsFile);
  await compareFacts(chosen, facts);
  return { data, facts, bytes: fetched.bytes, files: fetched.files, size: formatBytes(fetched.bytes) };
}

/** Reads facts that were fetched. `work-lost` when the working directory was removed while the run was interrupted. */
export async function readFacts(path: string): Promise<Facts> {
  try {
    return Facts.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const missing = await access(path).then(
      () => false,
      () => true,
    );
    if (missing) throw new HoldfastError('work-lost', { step: 'fetch', directory: path }, { cause: error });
    throw error;
  }
}

async function compareFacts(chosen: ChosenCopy, path: string): Promise<void> {
  const content = await readFile(path).catch(() => Buffer.alloc(0));
  if (sha256(content) === chosen.point.factsSha256) return;
  throw new HoldfastError('facts-changed', { point: chosen.point.id, store: chosen.copy.store });
}

/** The run's own directory: its parents may be passed through by the account that children run as, and only it may enter. */
async function makeWorkDirectory(estate: Estate, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
  await makeOwned(estate, directory);
}

async function makeOwned(estate: Estate, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) await chown(directory, estate.account.uid, estate.account.gid);
}

import { lstat, readFile } from 'node:fs/promises';
import { Facts, type FilesFacts } from '../checks/facts.ts';
import { excluder } from '../checks/files/exclude.ts';
import { walk } from '../checks/files/walk.ts';
import { resolvePath } from '../config/paths.ts';
import { parsePostgresUrl } from '../config/postgres-url.ts';
import type { FilesAsset, PostgresAsset } from '../config/site.ts';
import { copyAuditTail } from './audit-tail.ts';
import type { Estate, SiteSource } from './estate.ts';
import { factsCachePath } from './facts-cache.ts';
import { type FileChanges, recordSighting } from './sightings.ts';

/** What one look at one asset found. */
export interface Look {
  readonly asset: string;
  readonly at: string;
  readonly alive: boolean;
  /** Audit rows that were new. */
  readonly copied: number;
  readonly files: FileChanges | null;
  /** Why it counts as not alive; empty when it is. */
  readonly problem: string;
}

const answerMs = 10_000;

/** Looks at each asset once: copies new audit rows off databases, counts how files differ from the newest recovery point. */
export async function lookAround(
  estate: Estate,
  source: SiteSource,
  assets: readonly string[],
  signal: AbortSignal,
): Promise<readonly Look[]> {
  return await Promise.all(assets.map((name) => lookAt(estate, source, name, signal)));
}

async function lookAt(estate: Estate, source: SiteSource, name: string, signal: AbortSignal): Promise<Look> {
  const asset = source.site.assets[name];
  // Before the look, not after it: what was written while looking may have been missed.
  const at = estate.clock.now().toISOString();
  if (asset === undefined) throw new TypeError(`the site file was accepted without the asset ${name}`);
  try {
    const seen =
      'postgres' in asset
        ? await lookAtDatabase(estate, source, name, asset)
        : await lookAtFiles(estate, source, name, asset, signal);
    await recordSighting(estate.database, { site: source.site.site, asset: name }, { seenAt: at, files: seen.files });
    return { asset: name, at, alive: true, ...seen, problem: '' };
  } catch (error) {
    signal.throwIfAborted();
    return {
      asset: name,
      at,
      alive: false,
      copied: 0,
      files: null,
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

async function lookAtDatabase(
  estate: Estate,
  source: SiteSource,
  name: string,
  asset: PostgresAsset,
): Promise<{ copied: number; files: null }> {
  const connection = parsePostgresUrl(await estate.secret(asset.postgres.url), `the url of ${name}`);
  const copied = await copyAuditTail({ connection, asset, name, site: source.site.site }, estate.database, {
    timeoutMs: answerMs,
  });
  return { copied, files: null };
}

/** Files looked at in one pass. A larger tree is not counted: a look every few seconds must stay cheap. */
const mostFiles = 200_000;
const examplesKept = 20;

async function lookAtFiles(
  estate: Estate,
  source: SiteSource,
  name: string,
  asset: FilesAsset,
  signal: AbortSignal,
): Promise<{ copied: number; files: FileChanges | null }> {
  const roots = asset.files.paths.map((path) => resolvePath(path, source.directory));
  // A root that is gone is an asset that is gone, not one with many removed files.
  for (const root of roots) await lstat(root);
  const recorded = await cachedManifest(estate, source.site.site, name);
  if (recorded === undefined || recorded.entries.length > mostFiles) return { copied: 0, files: null };
  return { copied: 0, files: await countChanges(roots, asset.files.exclude, recorded, signal) };
}

async function cachedManifest(estate: Estate, site: string, asset: string): Promise<FilesFacts | undefined> {
  try {
    const facts = Facts.parse(JSON.parse(await readFile(factsCachePath(estate, site, asset), 'utf8')));
    return facts.kind === 'files' ? facts : undefined;
  } catch {
    return undefined;
  }
}

async function countChanges(
  roots: readonly string[],
  exclude: readonly string[],
  recorded: FilesFacts,
  signal: AbortSignal,
): Promise<FileChanges> {
  const before = new Map(recorded.entries.filter((entry) => entry.kind === 'file').map((entry) => [entry.path, entry]));
  const examples: string[] = [];
  let added = 0;
  let changed = 0;
  const note = (path: string) => {
    if (examples.length < examplesKept) examples.push(path);
  };
  for await (const seen of walk(
    roots.map((root) => Buffer.from(root)),
    { isExcluded: excluder(exclude) },
  )) {
    signal.throwIfAborted();
    const { path, kind, size, modifiedMs } = seen.entry;
    if (kind !== 'file') continue;
    const recordedFile = before.get(path);
    before.delete(path);
    if (recordedFile === undefined) added += 1;
    else if (size !== recordedFile.size || modifiedMs !== recordedFile.modifiedMs) changed += 1;
    else continue;
    note(path);
  }
  for (const path of before.keys()) note(path);
  return { added, changed, removed: before.size, examples };
}

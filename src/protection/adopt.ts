import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Facts } from '../checks/facts.ts';
import type { Bench, Snapshot } from '../engines/types.ts';
import { sha256 } from '../lib/hash.ts';
import { scratch } from '../process/scratch.ts';
import type { Estate, SiteSource } from './estate.ts';
import { type Copy, listPoints, type RecoveryPoint, recordCopy, recordPoint } from './recovery-points.ts';
import { factsFile, openSiteStore } from './stores.ts';

/**
 * Takes in recovery points that the stores hold and these records do not know: after the loss of the machine that made them,
 * or of its data directory. The facts are read from the store; that nobody changed them since is then vouched for by the
 * store's own encryption alone, and the audit leaf says so. Returns how many copies were taken in.
 */
export async function adoptPoints(
  estate: Estate,
  source: SiteSource,
  actor: string,
  signal: AbortSignal,
): Promise<number> {
  const bench: Bench = { signal, clock: estate.clock, progress: () => undefined, warn: () => undefined };
  const known = new Set<string>();
  for (const point of await listPoints(estate.database, source.site.site)) {
    for (const copy of point.copies) known.add(`${point.id} ${copy.store}`);
  }
  let adopted = 0;
  for (const store of Object.keys(source.site.stores)) {
    for (const found of await pointsIn(estate, source, store, bench)) {
      if (known.has(`${found.point} ${store}`)) continue;
      await adopt(estate, source, actor, store, found, bench);
      adopted += 1;
    }
  }
  return adopted;
}

interface Found {
  readonly asset: string;
  readonly point: string;
  readonly data: Snapshot;
  readonly facts: Snapshot;
}

async function pointsIn(estate: Estate, source: SiteSource, store: string, bench: Bench): Promise<readonly Found[]> {
  const snapshots = await openSiteStore(estate, source, store).list({ holdfast: '1', site: source.site.site }, bench);
  const byPoint = new Map<string, Map<string, Snapshot>>();
  for (const snapshot of [...snapshots].sort((a, b) => a.time.getTime() - b.time.getTime())) {
    const { point, part } = snapshot.tags;
    if (point === undefined || part === undefined) continue;
    byPoint.set(point, (byPoint.get(point) ?? new Map<string, Snapshot>()).set(part, snapshot));
  }
  const found: Found[] = [];
  for (const [point, parts] of byPoint) {
    const data = parts.get('data');
    const facts = parts.get('facts');
    const asset = data?.tags.asset;
    if (data !== undefined && facts !== undefined && asset !== undefined) found.push({ point, asset, data, facts });
  }
  return found;
}

async function adopt(
  estate: Estate,
  source: SiteSource,
  actor: string,
  store: string,
  found: Found,
  bench: Bench,
): Promise<void> {
  const place = await scratch('adopt', { account: estate.account });
  try {
    await openSiteStore(estate, source, store).fetch(found.facts.id, place.path, bench);
    const content = await readFile(join(place.path, factsFile), 'utf8');
    const facts = Facts.parse(JSON.parse(content));
    await record(estate, source, actor, store, found, facts, sha256(content));
  } finally {
    await place.remove();
  }
}

async function record(
  estate: Estate,
  source: SiteSource,
  actor: string,
  store: string,
  found: Found,
  facts: Facts,
  factsSha256: string,
): Promise<void> {
  const { site } = source.site;
  const now = estate.clock.now().toISOString();
  const point: RecoveryPoint = {
    site,
    id: found.point,
    asset: found.asset,
    kind: facts.kind,
    engine: facts.kind === 'postgres' ? 'pg-dump' : 'restic',
    takenAt: takenAt(found.data),
    ...amountOf(facts),
    factsSha256,
    run: 'adopted',
  };
  const copy: Copy = {
    point: found.point,
    store,
    tier: source.site.stores[store]?.tier ?? 'local',
    dataSnapshot: found.data.id,
    factsSnapshot: found.facts.id,
    madeAt: found.data.time.toISOString(),
  };
  await estate.database.transaction(async (transaction) => {
    await recordPoint(transaction, point);
    await recordCopy(transaction, site, copy);
    await estate.audit.append(
      {
        kind: 'recovery-point-adopted',
        time: now,
        actor,
        facts: { site, point: point.id, store, factsSha256, vouchedBy: 'the store alone' },
      },
      { transaction },
    );
  });
}

/** Holdfast wrote it as a tag; a store keeps its own times to the second only. */
function takenAt(snapshot: Snapshot): string {
  const taken = Date.parse(snapshot.tags.taken ?? '');
  return (Number.isNaN(taken) ? snapshot.time : new Date(taken)).toISOString();
}

/** How much a recovery point holds, from its facts. */
export function amountOf(facts: Facts): {
  readonly bytes: number;
  readonly files: number;
  readonly rows: number | null;
} {
  if (facts.kind === 'postgres') {
    return {
      bytes: facts.artifacts.reduce((sum, file) => sum + file.size, 0),
      files: facts.artifacts.length,
      rows: facts.tables.reduce((sum, table) => sum + table.rows, 0),
    };
  }
  const files = facts.entries.filter((entry) => entry.kind === 'file');
  return { bytes: files.reduce((sum, file) => sum + file.size, 0), files: files.length, rows: null };
}

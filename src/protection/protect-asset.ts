import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Run, Workflow } from '../execution/types.ts';
import { formatBytes } from '../lib/bytes.ts';
import type { BackedUp, BackUpWork } from './back-up.ts';
import { backUpFiles } from './back-up-files.ts';
import { backUpPostgres } from './back-up-postgres.ts';
import type { Estate, SiteSource } from './estate.ts';
import { namePoint } from './point-name.ts';
import { type Copy, listPoints, type RecoveryPoint, recordCopy, recordPoint } from './recovery-points.ts';
import { openSiteStore, tagsOf } from './stores.ts';
import { withWorkDirectory } from './work.ts';

export interface ProtectAssetInput {
  readonly source: SiteSource;
  readonly asset: string;
}

export interface ProtectedAsset {
  readonly point: RecoveryPoint;
  readonly copies: Copy[];
  /** Bytes added to the first store after deduplication and compression. */
  readonly added: number;
  readonly warnings: string[];
}

/** Makes one recovery point of one asset in its first store, records it, then copies it to the others. */
export function protectAsset(estate: Estate): Workflow<ProtectAssetInput, ProtectedAsset> {
  return {
    name: 'protect-asset',
    execute: async (run, input) => {
      const { point, first, added, warnings } = await withWorkDirectory(estate, run, (directory) =>
        makePoint(estate, run, input, directory),
      );
      const copies = [first];
      for (const store of configOf(input).copies.slice(1))
        copies.push(await copyTo(estate, run, input, point, first, store));
      return { point, copies, added, warnings: [...warnings] };
    },
  };
}

function configOf(input: ProtectAssetInput) {
  const asset = input.source.site.assets[input.asset];
  if (asset === undefined)
    throw new HoldfastError('asset-unknown', { site: input.source.site.site, asset: input.asset, known: '' });
  return asset;
}

async function makePoint(
  estate: Estate,
  run: Run,
  input: ProtectAssetInput,
  directory: string,
): Promise<{ point: RecoveryPoint; first: Copy; added: number; warnings: readonly string[] }> {
  const asset = configOf(input);
  const [storeName = ''] = asset.copies;
  const named = await run.step(
    {
      name: 'name',
      title: 'Name the recovery point',
      gates: ['backup.run'],
      effects: ['none'],
      target: `asset ${input.asset}`,
    },
    () => namePoint(estate, input.source.site.site, input.asset, run.id),
  );
  const backedUp = await run.step(
    {
      name: 'back-up',
      title: `Back up ${input.asset}`,
      gates: ['backup.run'],
      effects: ['read', 'write'],
      target: `asset ${input.asset}, store ${storeName}`,
      summary: (result: BackedUp) => `${formatBytes(result.bytes)} to ${storeName}, ${formatBytes(result.added)} new`,
    },
    async (bench) => {
      const [last] = await listPoints(estate.database, input.source.site.site, { asset: input.asset, limit: 1 });
      const work: BackUpWork = {
        estate,
        source: input.source,
        name: input.asset,
        last,
        directory,
        store: openSiteStore(estate, input.source, storeName),
        tags: (part, takenAt) =>
          tagsOf({ site: input.source.site.site, asset: input.asset, point: named.result, part, takenAt }),
      };
      return 'postgres' in asset ? await backUpPostgres(work, asset, bench) : await backUpFiles(work, asset, bench);
    },
  );
  const recorded = await recordNewPoint(estate, run, input, named.result, storeName, backedUp.result);
  return { ...recorded, added: backedUp.result.added, warnings: backedUp.result.warnings };
}

async function recordNewPoint(
  estate: Estate,
  run: Run,
  input: ProtectAssetInput,
  id: string,
  storeName: string,
  backedUp: BackedUp,
): Promise<{ point: RecoveryPoint; first: Copy }> {
  const { site } = input.source;
  const asset = configOf(input);
  const point: RecoveryPoint = {
    site: site.site,
    id,
    asset: input.asset,
    kind: 'postgres' in asset ? 'postgres' : 'files',
    engine: 'postgres' in asset ? asset.postgres.engine : 'restic',
    takenAt: backedUp.takenAt,
    bytes: backedUp.bytes,
    files: backedUp.files,
    rows: backedUp.rows,
    factsSha256: backedUp.factsSha256,
    run: run.id,
  };
  const first: Copy = {
    point: id,
    store: storeName,
    tier: site.stores[storeName]?.tier ?? 'local',
    dataSnapshot: backedUp.dataSnapshot,
    factsSnapshot: backedUp.factsSnapshot,
    madeAt: backedUp.finishedAt,
  };
  await run.step(
    {
      name: 'record',
      title: 'Record the recovery point',
      gates: ['backup.run'],
      effects: ['write'],
      target: `asset ${input.asset}`,
      summary: () => id,
    },
    async () => {
      await estate.database.transaction(async (transaction) => {
        await recordPoint(transaction, point);
        await recordCopy(transaction, site.site, first);
        await estate.audit.append(
          {
            kind: 'recovery-point',
            time: backedUp.finishedAt,
            actor: run.actor,
            run: run.id,
            facts: {
              site: site.site,
              point: id,
              takenAt: point.takenAt,
              bytes: point.bytes,
              factsSha256: point.factsSha256,
              store: storeName,
            },
          },
          { key: `${run.id}/recovery-point`, transaction },
        );
      });
    },
  );
  return { point, first };
}

async function copyTo(
  estate: Estate,
  run: Run,
  input: ProtectAssetInput,
  point: RecoveryPoint,
  first: Copy,
  storeName: string,
): Promise<Copy> {
  const { site } = input.source;
  const copied = await run.step(
    {
      name: `copy:${storeName}`,
      title: `Copy ${input.asset} to ${storeName}`,
      gates: ['offsite.sync'],
      effects: ['egress', 'write'],
      target: `store ${storeName}`,
      summary: () => `${point.id} in ${storeName}`,
    },
    async (bench): Promise<Copy> => {
      const from = openSiteStore(estate, input.source, first.store);
      const to = openSiteStore(estate, input.source, storeName);
      const ids = await to.copyFrom(from, [first.dataSnapshot, first.factsSnapshot], bench);
      const copy: Copy = {
        point: point.id,
        store: storeName,
        tier: site.stores[storeName]?.tier ?? 'local',
        dataSnapshot: ids[first.dataSnapshot] ?? '',
        factsSnapshot: ids[first.factsSnapshot] ?? '',
        madeAt: estate.clock.now().toISOString(),
      };
      await recordCopy(estate.database, site.site, copy);
      return copy;
    },
  );
  return copied.result;
}

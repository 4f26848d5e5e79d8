import { HoldfastError } from '../errors/holdfast-error.ts';
import type { AssetLoss } from '../evidence/model.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import { listPoints, type RecoveryPoint } from '../protection/recovery-points.ts';
import { lastSighting } from '../protection/sightings.ts';
import type { Database } from '../store/types.ts';
import { momentOfLoss } from './moment.ts';

/** The loss of one asset of a site, from its newest recovery point. Throws `point-unknown` when it has none. */
export async function estimateLoss(
  estate: Pick<Estate, 'clock' | 'database'>,
  source: SiteSource,
  name: string,
  options: { readonly lostAt?: string; readonly point?: Pick<RecoveryPoint, 'id' | 'takenAt'> },
): Promise<AssetLoss> {
  const { site } = source;
  const asset = site.assets[name];
  const [newest] = await listPoints(estate.database, site.site, { asset: name, limit: 1 });
  const point = options.point ?? newest;
  if (asset === undefined || point === undefined) {
    throw new HoldfastError('point-unknown', { asset: name, point: '(newest)', where: '' });
  }
  const kind = 'postgres' in asset ? 'postgres' : 'files';
  const auditTable = 'postgres' in asset && asset.postgres['audit-table'] !== undefined;
  const moment = await momentOfLoss(estate, site.site, name, options.lostAt);
  return await analyseLoss(estate.database, { site: site.site, name, kind, auditTable }, point, moment);
}

/**
 * What was written to an asset between its recovery point and the moment of loss, as far as it can be known: the audit rows
 * that were copied off while it was up, and for files the last look at them. Everything that cannot be known is named.
 */
async function analyseLoss(
  database: Database,
  asset: {
    readonly site: string;
    readonly name: string;
    readonly kind: 'postgres' | 'files';
    readonly auditTable: boolean;
  },
  point: Pick<RecoveryPoint, 'id' | 'takenAt'>,
  moment: { readonly at: string; readonly assumed: boolean },
): Promise<AssetLoss> {
  const sighting = await lastSighting(database, asset.site, asset.name);
  const known =
    asset.kind === 'postgres' ? await auditedWrites(database, asset.site, asset.name, point.takenAt, moment.at) : [];
  const files =
    asset.kind === 'files' && sighting !== undefined && sighting.seenAt > point.takenAt ? sighting.files : null;
  return {
    asset: asset.name,
    kind: asset.kind,
    recoveryPoint: point.id,
    from: point.takenAt,
    to: moment.at,
    spanMs: Math.max(0, Date.parse(moment.at) - Date.parse(point.takenAt)),
    lastSeen: sighting?.seenAt ?? null,
    known,
    ...(files === null ? {} : { files }),
    unknown: unknowns(asset, sighting?.seenAt, moment),
  };
}

async function auditedWrites(
  database: Database,
  site: string,
  asset: string,
  from: string,
  to: string,
): Promise<AssetLoss['known']> {
  const rows = await database.query<{
    table_name: string;
    actor: string;
    op: string;
    count: string;
    first: Date;
    last: Date;
  }>(
    `select table_name, actor, op, count(*) as count, min(ts) as first, max(ts) as last
       from audit_tail where site = $1 and asset = $2 and ts > $3 and ts <= $4
      group by table_name, actor, op
      order by count(*) desc, table_name, actor, op`,
    [site, asset, from, to],
  );
  return rows.map((row) => ({
    table: row.table_name,
    actor: row.actor,
    op: row.op,
    count: Number(row.count),
    first: row.first.toISOString(),
    last: row.last.toISOString(),
  }));
}

function unknowns(
  asset: { readonly kind: 'postgres' | 'files'; readonly auditTable: boolean },
  lastSeen: string | undefined,
  moment: { readonly at: string; readonly assumed: boolean },
): AssetLoss['unknown'] {
  const unknown: AssetLoss['unknown'] = [];
  if (asset.kind === 'postgres' && !asset.auditTable) unknown.push({ key: 'no-audit-table', detail: '' });
  else if (lastSeen === undefined) unknown.push({ key: 'not-watched', detail: '' });
  else if (lastSeen < moment.at) {
    unknown.push({ key: asset.kind === 'files' ? 'files-after-last-seen' : 'after-last-seen', detail: lastSeen });
  }
  if (asset.kind === 'postgres' && asset.auditTable) unknown.push({ key: 'only-audited', detail: '' });
  if (moment.assumed) unknown.push({ key: 'moment-assumed', detail: moment.at });
  return unknown;
}

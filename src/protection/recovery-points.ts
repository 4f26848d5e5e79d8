import type { AssetKind } from '../engines/types.ts';
import type { Verdict } from '../evidence/model.ts';
import type { Queryable } from '../store/types.ts';

/** One moment that an asset can be brought back to. */
export interface RecoveryPoint {
  readonly site: string;
  /** `ledger/20261120T020003Z`. */
  readonly id: string;
  readonly asset: string;
  readonly kind: AssetKind;
  readonly engine: string;
  /** The moment the backup shows: everything committed before it is in it. */
  readonly takenAt: string;
  readonly bytes: number;
  readonly files: number;
  /** Rows of a database; null for files. */
  readonly rows: number | null;
  /** SHA-256 of the facts kept beside the data in each store. */
  readonly factsSha256: string;
  readonly run: string;
}

/** A recovery point in one store. */
export interface Copy {
  readonly point: string;
  readonly store: string;
  readonly tier: string;
  readonly dataSnapshot: string;
  readonly factsSnapshot: string;
  readonly madeAt: string;
}

/** What a drill found about one recovery point from one store. */
export interface Proof {
  readonly run: string;
  readonly site: string;
  readonly point: string;
  readonly store: string;
  readonly verdict: Verdict;
  readonly isolation: string;
  readonly negativeControl: boolean;
  readonly provedAt: string;
  readonly evidence: string;
}

/** A recovery point with its copies and the last word on it. */
export interface KnownPoint extends RecoveryPoint {
  readonly copies: readonly Copy[];
  /** The newest proof that was no negative control. */
  readonly proof: Pick<Proof, 'verdict' | 'provedAt' | 'store' | 'run'> | null;
}

/** Records a recovery point. Recording it twice, as a replayed step does, changes nothing. */
export async function recordPoint(database: Queryable, point: RecoveryPoint): Promise<void> {
  await database.query(
    `insert into recovery_points (site, id, asset, kind, engine, taken_at, bytes, files, rows, facts_sha256, run)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (site, id) do nothing`,
    [
      point.site,
      point.id,
      point.asset,
      point.kind,
      point.engine,
      point.takenAt,
      point.bytes,
      point.files,
      point.rows,
      point.factsSha256,
      point.run,
    ],
  );
}

/** Records that a store holds a recovery point. */
export async function recordCopy(database: Queryable, site: string, copy: Copy): Promise<void> {
  await database.query(
    `insert into copies (site, point, store, tier, data_snapshot, facts_snapshot, made_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (site, point, store) do update
       set data_snapshot = excluded.data_snapshot, facts_snapshot = excluded.facts_snapshot, tier = excluded.tier`,
    [site, copy.point, copy.store, copy.tier, copy.dataSnapshot, copy.factsSnapshot, copy.madeAt],
  );
}

export async function recordProof(database: Queryable, proof: Proof): Promise<void> {
  await database.query(
    `insert into proofs (run, site, point, store, verdict, isolation, negative_control, proved_at, evidence)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (run, site, point) do nothing`,
    [
      proof.run,
      proof.site,
      proof.point,
      proof.store,
      proof.verdict,
      proof.isolation,
      proof.negativeControl,
      proof.provedAt,
      proof.evidence,
    ],
  );
}

/** Recovery points of a site, newest first, with their copies and last proof. */
export async function listPoints(
  database: Queryable,
  site: string,
  filter: { readonly asset?: string; readonly id?: string; readonly limit?: number } = {},
): Promise<readonly KnownPoint[]> {
  const rows = await database.query<PointRow>(
    `select p.*, coalesce(c.copies, '[]'::jsonb) as copies, q.proof
       from recovery_points p
       left join lateral (
         select jsonb_agg(jsonb_build_object(
                  'point', point, 'store', store, 'tier', tier, 'dataSnapshot', data_snapshot,
                  'factsSnapshot', facts_snapshot,
                  'madeAt', to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by made_at, store) as copies
           from copies where copies.site = p.site and copies.point = p.id) c on true
       left join lateral (
         select jsonb_build_object(
                  'verdict', verdict, 'store', store, 'run', run,
                  'provedAt', to_char(proved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as proof
           from proofs where proofs.site = p.site and proofs.point = p.id and not negative_control
          order by proved_at desc limit 1) q on true
      where p.site = $1 and ($2::text is null or p.asset = $2) and ($3::text is null or p.id = $3)
      order by p.taken_at desc, p.id
      limit $4`,
    [site, filter.asset ?? null, filter.id ?? null, filter.limit ?? 10_000],
  );
  return rows.map(fromRow);
}

interface PointRow {
  readonly site: string;
  readonly id: string;
  readonly asset: string;
  readonly kind: AssetKind;
  readonly engine: string;
  readonly taken_at: Date;
  readonly bytes: string;
  readonly files: string;
  readonly rows: string | null;
  readonly facts_sha256: string;
  readonly run: string;
  readonly copies: readonly Copy[];
  readonly proof: KnownPoint['proof'];
}

function fromRow(row: PointRow): KnownPoint {
  return {
    site: row.site,
    id: row.id,
    asset: row.asset,
    kind: row.kind,
    engine: row.engine,
    takenAt: row.taken_at.toISOString(),
    bytes: Number(row.bytes),
    files: Number(row.files),
    rows: row.rows === null ? null : Number(row.rows),
    factsSha256: row.facts_sha256,
    run: row.run,
    copies: row.copies,
    proof: row.proof,
  };
}

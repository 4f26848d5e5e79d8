import { readFile } from 'node:fs/promises';
import type { Site } from '../config/site.ts';
import { type VerifiedEvidence, verifyEvidence } from '../evidence/verify-bundle.ts';
import { openingsNow } from '../gates/openings.ts';
import { sha256 } from '../lib/hash.ts';
import { type StepVerification, verificationsOf } from '../procedures/verification.ts';
import { listPoints } from '../protection/recovery-points.ts';
import type { Queryable } from '../store/types.ts';
import type { FoundRunbook } from './find-runbooks.ts';
import type { DrillPicture, OpenGate, PointPicture } from './picture.ts';

/** Recovery points by asset, the newest twenty of each. */
export async function pointsOf(
  records: Queryable,
  site: string,
): Promise<ReadonlyMap<string, readonly PointPicture[]>> {
  const byAsset = new Map<string, PointPicture[]>();
  for (const { id, asset, takenAt, bytes, files, rows, factsSha256, copies } of await listPoints(records, site)) {
    const points = byAsset.get(asset) ?? [];
    byAsset.set(asset, points);
    if (points.length >= 20) continue;
    const kept = copies.map(({ store, dataSnapshot, factsSnapshot }) => ({ store, dataSnapshot, factsSnapshot }));
    points.push({ id, takenAt, bytes, files, rows, factsSha256, copies: kept });
  }
  return byAsset;
}

export interface KnownDrills {
  readonly byAsset: ReadonlyMap<string, { readonly lastDrill?: DrillPicture; readonly lastProven?: DrillPicture }>;
  /** Evidence files by their name in the bundle. */
  readonly evidence: ReadonlyMap<string, Buffer>;
}

interface ProofRow {
  readonly asset: string;
  readonly run: string;
  readonly point: string;
  readonly store: string;
  readonly verdict: DrillPicture['verdict'];
  readonly at: Date;
  readonly evidence: string;
}

/** The last drill of each asset and the last that proved it, with their evidence where it is still there and verifies. */
export async function drillsOf(records: Queryable, site: string): Promise<KnownDrills> {
  const last = await records.query<ProofRow>(newest(''), [site]);
  const proven = await records.query<ProofRow>(newest(`and q.verdict = 'PROVEN'`), [site]);
  const evidence = new Map<string, Buffer>();
  const byAsset = new Map<string, { lastDrill?: DrillPicture; lastProven?: DrillPicture }>();
  for (const row of last) byAsset.set(row.asset, { lastDrill: await pictureOf(row, evidence) });
  for (const row of proven)
    byAsset.set(row.asset, { ...byAsset.get(row.asset), lastProven: await pictureOf(row, evidence) });
  return { byAsset, evidence };
}

function newest(condition: string): string {
  return `select distinct on (p.asset) p.asset, q.run, q.point, q.store, q.verdict, q.proved_at as at, q.evidence
            from proofs q join recovery_points p on p.site = q.site and p.id = q.point
           where q.site = $1 and not q.negative_control ${condition}
           order by p.asset, q.proved_at desc, q.run`;
}

async function pictureOf(row: ProofRow, evidence: Map<string, Buffer>): Promise<DrillPicture> {
  const { run, point, store, verdict, asset } = row;
  const drill = { run, point, store, verdict, at: row.at.toISOString() };
  const bytes = await readFile(row.evidence).catch(() => undefined);
  const verified = bytes === undefined ? undefined : verifiedOf(bytes);
  if (bytes === undefined || verified === undefined) return drill;
  const { outcome } = verified;
  const tookMs = 'assets' in outcome ? outcome.assets.find((one) => one.asset === asset)?.rto.achievedMs : undefined;
  const name = `${run.replaceAll(/[^\w.-]/g, '-')}-${sha256(bytes).slice(0, 8)}.dsse`;
  evidence.set(name, bytes);
  return { ...drill, evidence: name, ...(tookMs == null ? {} : { tookMs }) };
}

/** Evidence that was damaged is not carried along as if it were one. */
function verifiedOf(bytes: Buffer): VerifiedEvidence | undefined {
  try {
    return verifyEvidence(bytes);
  } catch {
    return undefined;
  }
}

export async function openGatesOf(records: Queryable, site: string, now: Date): Promise<readonly OpenGate[]> {
  const { openings } = await openingsNow(records, site, now);
  return openings.map(({ opening }) => ({
    gate: opening.gate,
    owner: opening.owner,
    openedBy: opening.openedBy,
    expiresAt: opening.expiresAt,
    reason: opening.reason,
    breakGlass: opening.kind === 'break-glass',
  }));
}

/** By the absolute path of a runbook: how far each of its commands is known to work. */
export async function verifiedSteps(
  records: Queryable,
  site: Site,
  runbooks: readonly FoundRunbook[],
  now: Date,
): Promise<ReadonlyMap<string, ReadonlyMap<string, StepVerification>>> {
  const byPath = new Map<string, ReadonlyMap<string, StepVerification>>();
  for (const { absolute, procedure } of runbooks) {
    byPath.set(absolute, await verificationsOf(records, site, procedure, { path: absolute, now }));
  }
  return byPath;
}

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyWorld } from '../../src/demo/disaster.ts';
import { workOn } from '../../src/demo/hospital/work.ts';
import { workOnDocuments } from '../../src/demo/hospital/work-documents.ts';
import type { Outcome } from '../../src/evidence/model.ts';
import { smallSite, type TestSite } from '../services/holdfast.ts';

let site: TestSite;
beforeAll(async () => {
  site = await smallSite();
});
afterAll(() => site?.remove());

const signal = new AbortController().signal;

interface Drilled {
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly report: string;
}

describe('the main job, each part alone', () => {
  test('protect makes a recovery point of each asset, with a second copy', async () => {
    const made = (await site.json(0, 'protect')) as unknown as Protected;
    expect(made.results.map((result) => [result.asset, result.error])).toEqual([
      ['records', null],
      ['documents', null],
    ]);
    for (const { protected: point } of made.results) {
      expect(point?.copies.map((copy) => copy.store)).toEqual(['local', 'second']);
    }
    const { points } = (await site.json(0, 'points')) as unknown as { points: { asset: string; proof: unknown }[] };
    expect(points.map((point) => [point.asset, point.proof]).sort()).toEqual([
      ['documents', null],
      ['records', null],
    ]);
  });

  test('what is written after the backup is told by table and actor after the loss', async () => {
    await workOn({ connection: site.world.connection, operations: 40, signal });
    await workOnDocuments(site.world.documents);
    await site.json(0, 'watch', '--once');
    await destroyWorld(site.world);
    const told = (await site.json(0, 'loss')) as unknown as {
      losses: {
        asset: string;
        spanMs: number;
        known: { actor: string; table: string; count: number }[];
        files?: { added: number; changed: number; removed: number };
        unknown: { key: string }[];
      }[];
    };
    const records = told.losses.find((loss) => loss.asset === 'records');
    expect(records?.spanMs).toBeGreaterThan(0);
    expect(records?.known.reduce((sum, row) => sum + row.count, 0)).toBeGreaterThanOrEqual(40);
    expect(new Set(records?.known.map((row) => row.actor)).size).toBeGreaterThan(3);
    expect(records?.unknown.map((one) => one.key)).toContain('only-audited');
    const documents = told.losses.find((loss) => loss.asset === 'documents');
    expect(documents?.files).toMatchObject({ added: 24, changed: 12, removed: 6 });
  });

  test('a drill proves both assets from either copy, without production being there', async () => {
    for (const from of ['local', 'second']) {
      const { outcome, evidence, report } = (await site.json(0, 'drill', '--from', from)) as unknown as Drilled;
      expect(outcome.verdict).toBe('PROVEN');
      expect(outcome.isolation).toBe('sandbox');
      const records = outcome.assets.find((asset) => asset.asset === 'records');
      expect(records?.recoveryPoint.store).toBe(from);
      expect(records?.checks.map((check) => check.name).sort()).toEqual(
        [
          'amcheck',
          'canary',
          'content-hashes',
          'dump-files',
          'page-checksums',
          'row-counts',
          'schema',
          'sequences',
          'sql',
        ].sort(),
      );
      for (const phase of Object.values(records?.phases ?? {})) expect(phase).toBeGreaterThan(0);
      expect(records?.rto.met).toBe(true);
      expect(readFileSync(report, 'utf8')).toContain('PROVEN');
      const verified = await site.holdfast('evidence', 'verify', evidence);
      expect(verified).toMatchObject({ code: 0 });
    }
  });

  test('a negative control comes out FAILED for every asset and says which check found the byte', async () => {
    const ended = await site.holdfast('drill', '--negative-control', '--json');
    expect(ended.code).toBe(3);
    const { outcome } = JSON.parse(ended.stdout) as Drilled;
    expect(outcome.verdict).toBe('FAILED');
    for (const asset of outcome.assets) {
      expect(asset.flipped).toBeDefined();
      expect(asset.verdict).toBe('FAILED');
      const found = asset.checks.filter((check) => check.status === 'failed').map((check) => check.name);
      expect([...found, asset.error?.code].filter(Boolean).length).toBeGreaterThan(0);
    }
  });

  test('a negative control does not touch the recovery point, nor its standing', async () => {
    const { outcome } = (await site.json(0, 'drill')) as unknown as Drilled;
    expect(outcome.verdict).toBe('PROVEN');
    const { points } = (await site.json(0, 'points')) as unknown as { points: { proof: { verdict: string } }[] };
    expect(points.every((point) => point.proof.verdict === 'PROVEN')).toBe(true);
  });

  test('recover refuses a target that is not empty, and leaves it as it was', async () => {
    const keep = join(site.world.documents, 'kept.txt');
    execFileSync('mkdir', ['-p', site.world.documents]);
    writeFileSync(keep, 'the last good data, perhaps');
    const ended = await site.holdfast('recover', '--json');
    expect(ended.code).toBe(5);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'target-not-empty' } });
    expect(readFileSync(keep, 'utf8')).toBe('the last good data, perhaps');
    expect(existsSync(site.world.data)).toBe(false);
    rmSync(site.world.documents, { recursive: true });
  });

  test('recover brings both back into place, verified, and the database can be written', async () => {
    const { outcome } = (await site.json(0, 'recover')) as unknown as Drilled;
    expect(outcome.verdict).toBe('PROVEN');
    expect(outcome.assets.map((asset) => asset.rto.met)).toEqual([true, true]);
    expect(outcome.loss.map((loss) => loss.asset).sort()).toEqual(['documents', 'records']);
    const client = new pg.Client({ ...site.world.connection });
    await client.connect();
    const { rows } = await client.query('select count(*)::int as n from patients');
    await client.query(
      "insert into patients (family_name, given_name, sex, birth_date, phone, address) values ('김', '하늘', 'X', '1990-01-01', '0', '{}')",
    );
    await client.end();
    expect(rows[0].n).toBeGreaterThan(0);
    expect(readdirSync(site.world.documents).length).toBeGreaterThan(0);
  });

  test('recover refuses a server that is running', async () => {
    const ended = await site.holdfast('recover', 'records', '--replace', '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'target-in-use' } });
    expect(ended.code).toBe(5);
  });

  test('with --replace what stands in the place is moved aside, not deleted', async () => {
    writeFileSync(join(site.world.documents, 'newer.txt'), 'written since');
    const { outcome } = (await site.json(0, 'recover', 'documents', '--replace')) as unknown as Drilled;
    expect(outcome.verdict).toBe('PROVEN');
    const parent = join(site.world.documents, '..');
    const aside = readdirSync(parent).find((name) => name.startsWith('documents.before-'));
    expect(readFileSync(join(parent, aside ?? '', 'newer.txt'), 'utf8')).toBe('written since');
    expect(existsSync(join(site.world.documents, 'newer.txt'))).toBe(false);
  });

  test('the audit log of all this verifies from files alone', async () => {
    expect(await site.holdfast('audit', 'verify')).toMatchObject({ code: 0 });
  });

  test('a new machine learns of the recovery points from the stores and proves them', async () => {
    const elsewhere = ['--site', site.world.siteFile, '--data', join(site.data, '..', 'new-machine')];
    const { openGatesOf, startHoldfast } = await import('../services/holdfast.ts');
    await openGatesOf((...args) => startHoldfast([...args, ...elsewhere]).ended);
    const none = await startHoldfast(['drill', '--json', ...elsewhere]).ended;
    expect(JSON.parse(none.stdout)).toMatchObject({ error: { code: 'point-unknown' } });
    const refreshed = await startHoldfast(['points', '--refresh', '--json', ...elsewhere]).ended;
    expect(JSON.parse(refreshed.stdout)).toMatchObject({ adopted: 4 });
    const drilled = await startHoldfast(['drill', '--from', 'second', '--json', ...elsewhere]).ended;
    expect(JSON.parse(drilled.stdout)).toMatchObject({ outcome: { verdict: 'PROVEN' } });
  });
});

interface Protected {
  readonly results: readonly { asset: string; error: unknown; protected: { copies: { store: string }[] } | null }[];
}

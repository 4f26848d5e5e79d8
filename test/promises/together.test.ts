import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallSite, type TestSite } from '../services/holdfast.ts';
import { processesAt, workUnder } from '../services/leftovers.ts';

let site: TestSite;

beforeAll(async () => {
  site = await smallSite(0.003);
}, 120_000);
afterAll(() => site?.remove());

test('two first commands on a new data directory both find it whole', { timeout: 60_000 }, async () => {
  const both = await Promise.all([site.holdfast('runs', 'list'), site.holdfast('points')]);
  for (const ended of both) expect(ended.code, ended.stderr).toBe(0);
});

test('two backups at once make two recovery points of each asset, both whole in both stores', {
  timeout: 120_000,
}, async () => {
  // Neither store has a repository yet: one of the two makes it while the other waits.
  const both = await Promise.all([site.holdfast('protect', '--json'), site.holdfast('protect', '--json')]);
  for (const ended of both) expect(ended.code, ended.stdout).toBe(0);
  const { points } = (await site.json(0, 'points')) as unknown as { points: { id: string; copies: unknown[] }[] };
  expect(new Set(points.map(({ id }) => id)).size).toBe(points.length);
  expect(points.length).toBe(4);
  for (const { copies } of points) expect(copies).toHaveLength(2);
});

test('two drills and a backup at once all end well', { timeout: 180_000 }, async () => {
  const all = await Promise.all([
    site.holdfast('drill', '--json'),
    site.holdfast('drill', '--from', 'second', '--json'),
    site.holdfast('protect', '--json'),
  ]);
  for (const ended of all) expect(ended.code, ended.stdout).toBe(0);
  const { runs } = (await site.json(0, 'runs', 'list')) as unknown as { runs: { status: string }[] };
  expect(runs.filter(({ status }) => status === 'running' || status === 'interrupted')).toEqual([]);
});

test('after all of that the newest recovery points are PROVEN, the log verifies, and nothing is left', {
  timeout: 60_000,
}, async () => {
  expect((await site.json(0, 'drill')) as unknown).toMatchObject({ outcome: { verdict: 'PROVEN' } });
  expect(await site.holdfast('audit', 'verify')).toMatchObject({ code: 0 });
  expect(workUnder(site.data)).toEqual([]);
  expect(processesAt(site.data)).toEqual([]);
});

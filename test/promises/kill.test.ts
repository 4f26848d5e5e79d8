import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyWorld } from '../../src/demo/disaster.ts';
import type { RunRecord } from '../../src/execution/types.ts';
import type { LastWords } from '../fixtures/kill-at.ts';
import { databaseFingerprint, filesFingerprint } from '../services/fingerprint.ts';
import {
  type Ended,
  openGatesOf,
  type Running,
  smallSite,
  startHoldfast,
  type TestSite,
} from '../services/holdfast.ts';
import { familyOf, processesAt, scratchOf, serverOf, survivors, workUnder } from '../services/leftovers.ts';
import { momentOf, stepLinesOf } from '../services/step-lines.ts';

type Verb = 'protect' | 'drill' | 'recover';

let site: TestSite;
let notes: string;
/** Every Holdfast that was started, to tell its directories from those of others. */
const started = new Set<number>();
let kept: { readonly database: Record<string, string>; readonly files: Record<string, string> };
/** What each verb said when nobody disturbed it. */
const usual = new Map<Verb, { readonly moments: readonly string[]; readonly durationMs: number }>();

beforeAll(async () => {
  notes = mkdtempSync('/var/tmp/hf-words-');
  site = await smallSite(0.003);
  kept = await lookAtPlace();
  for (const verb of ['protect', 'drill', 'recover'] as const) {
    const begun = performance.now();
    if (verb === 'recover') await destroyWorld(site.world);
    const ended = await start([verb]).ended;
    expect(ended.code, ended.stderr + ended.stdout).toBe(0);
    usual.set(verb, { moments: boundaries(ended), durationMs: performance.now() - begun });
  }
}, 240_000);

afterAll(async () => {
  await site?.remove();
  rmSync(notes, { recursive: true, force: true });
});

describe('A kill -9 at any moment loses no committed record, repeats no finished step and skips none', () => {
  test.each(['protect', 'drill', 'recover'] as const)(
    'at every step boundary of %s',
    { timeout: 400_000 },
    async (verb) => {
      const before = await situation(verb);
      const all = usual.get(verb)?.moments ?? [];
      expect(all.length).toBeGreaterThanOrEqual(18);
      const pending = new Set(all);
      let run: string | undefined;
      let known: RunRecord | undefined;
      for (;;) {
        const killed = await killedAt(run === undefined ? [verb] : ['runs', 'resume', run], pending);
        expectNoRepetition(killed.ended, known);
        for (const { event, step } of stepLinesOf(killed.ended.stderr)) {
          // Killed at a moment of another branch, between the record of this step and the line that tells it.
          if (event === 'replayed') pending.delete(momentOf({ step, event: 'done' }));
        }
        if (killed.words === undefined) {
          expect(killed.ended.code, killed.ended.stderr).toBe(0);
          break;
        }
        pending.delete(killed.words.moment);
        expect(await survivors(killed.words.processes, detached())).toEqual([]);
        run ??= await newestRun(verb);
        const left = await interrupted(run ?? '');
        expectKept(known, left);
        known = left;
        expectNothingHalfMade();
      }
      expect([...pending]).toEqual([]);
      await expectUndisturbed(verb, run ?? '', before);
    },
  );

  test('at 20 random moments', { timeout: 600_000 }, async () => {
    for (const [verb, kills] of [
      ['protect', 7],
      ['drill', 7],
      ['recover', 6],
    ] as const) {
      let before = await situation(verb);
      let run: string | undefined;
      let known: RunRecord | undefined;
      for (let left = kills; left > 0; ) {
        const running = start(run === undefined ? [verb] : ['runs', 'resume', run]);
        const moment = 150 + Math.random() * Math.min(3500, (usual.get(verb)?.durationMs ?? 0) / 2);
        await Promise.race([running.ended, delay(moment)]);
        const family = familyOf(running.pid);
        running.kill('SIGKILL');
        const ended = await running.ended;
        expectNoRepetition(ended, known);
        run ??= await newestRun(verb);
        if (ended.code !== null) {
          // It was done before its moment came.
          expect(ended.code, ended.stderr).toBe(0);
          await expectUndisturbed(verb, run ?? '', before);
          before = await situation(verb);
          run = undefined;
          known = undefined;
          continue;
        }
        left -= 1;
        expect(await survivors(family, detached()), `killed after ${moment} ms`).toEqual([]);
        if (run === undefined) continue;
        const record = await interrupted(run);
        expectKept(known, record);
        known = record;
        expectNothingHalfMade();
      }
      const last = await start(run === undefined ? [verb] : ['runs', 'resume', run]).ended;
      expect(last.code, last.stderr + last.stdout).toBe(0);
      expectNoRepetition(last, known);
      await expectUndisturbed(verb, run ?? (await newestRun(verb)) ?? '', before);
    }
  });

  test('of the server that holds the records: a drill is interrupted, and resumed to the same end', {
    timeout: 120_000,
  }, async () => {
    const before = await situation('drill');
    const running = start(['drill']);
    const moment = 'records restore started';
    const reached = () => stepLinesOf(running.stderr()).map(momentOf).includes(moment);
    for (const limit = performance.now() + 60_000; !reached() && performance.now() < limit; ) await delay(10);
    process.kill(serverOf(join(site.data, 'database', 'cluster')), 'SIGKILL');
    const ended = await running.ended;
    expect(ended.code, ended.stderr).toBe(6);
    const run = await newestRun('drill');
    const known = await interrupted(run ?? '');
    expect(known.steps.length).toBeGreaterThanOrEqual(2);
    const resumed = await start(['runs', 'resume', run ?? '']).ended;
    expect(resumed.code, resumed.stderr + resumed.stdout).toBe(0);
    expectNoRepetition(resumed, known);
    await expectUndisturbed('drill', run ?? '', before);
  });

  test('and after all of that the audit log verifies from its files alone', async () => {
    expect(await site.holdfast('audit', 'verify')).toMatchObject({ code: 0 });
  });
});

interface Situation {
  readonly points: readonly Point[];
}

interface Point {
  readonly id: string;
  readonly asset: string;
  readonly factsSha256: string;
  readonly copies: readonly { readonly store: string; readonly dataSnapshot: string; readonly factsSnapshot: string }[];
}

/** What is there before the work; for a recovery production is lost first. */
async function situation(verb: Verb): Promise<Situation> {
  if (verb === 'recover') await destroyWorld(site.world);
  runsBefore = new Set((await listRuns()).map(({ id }) => id));
  return { points: await pointsIn(site.data) };
}

let runsBefore = new Set<string>();

async function newestRun(verb: Verb): Promise<string | undefined> {
  const found = (await listRuns()).filter(({ id, operation }) => operation === verb && !runsBefore.has(id));
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.id;
}

async function listRuns(): Promise<readonly RunRecord[]> {
  return ((await site.json(0, 'runs', 'list', '--limit', '1000')) as unknown as { runs: RunRecord[] }).runs;
}

async function showRun(id: string): Promise<RunRecord> {
  return (await site.json(0, 'runs', 'show', id)) as unknown as RunRecord;
}

/** The killed run as another process sees it at once: never as one that runs. */
async function interrupted(id: string): Promise<RunRecord> {
  const record = await showRun(id);
  expect(record.status, id).toBe('interrupted');
  return record;
}

/** What was committed is there, unchanged. */
function expectKept(before: RunRecord | undefined, now: RunRecord): void {
  expect(now.steps).toEqual(expect.arrayContaining([...(before?.steps ?? [])]));
}

/** No step that had a record when this process began was begun again by it. */
function expectNoRepetition(ended: Ended, known: RunRecord | undefined): void {
  for (const step of known?.steps ?? []) {
    const label = [...step.run.split('/').slice(1), step.name].join(' ');
    expect(stepLinesOf(ended.stderr)).not.toContainEqual({ event: 'started', step: label });
  }
}

/** A place is either empty or whole. */
function expectNothingHalfMade(): void {
  const { data, documents } = site.world;
  if (existsSync(data)) {
    expect(existsSync(join(data, 'global', 'pg_control'))).toBe(true);
    expect(existsSync(join(data, 'PG_VERSION'))).toBe(true);
  }
  if (existsSync(documents)) expect(withoutCanary(filesFingerprint(documents))).toEqual(kept.files);
}

/** The end is that of a run that nobody disturbed, and nothing is left of those that were killed. */
async function expectUndisturbed(verb: Verb, id: string, before: Situation): Promise<void> {
  const record = await showRun(id);
  expect(record.status).toBe('succeeded');
  const expected = (usual.get(verb)?.moments ?? []).filter((moment) => moment.endsWith(' done'));
  expect(record.steps.map(({ status }) => status)).toEqual(expected.map(() => 'succeeded'));
  await expectLeaves(record);
  const points = await pointsIn(site.data);
  if (verb === 'protect') await expectNewPoints(before.points, points);
  else {
    expect(points).toEqual(before.points);
    expect((record.output as { outcome: { verdict: string } }).outcome.verdict).toBe('PROVEN');
    const { evidence } = record.output as { evidence: string };
    expect(await site.holdfast('evidence', 'verify', evidence)).toMatchObject({ code: 0 });
  }
  expect(await lookAtPlace()).toEqual(kept);
  expect(workUnder(site.data)).toEqual([]);
  expect(scratchOf(started)).toEqual([]);
  expect(processesAt(site.data)).toEqual([]);
}

/** Each step was decided, begun and ended once, in that order, in the audit log. */
async function expectLeaves(record: RunRecord): Promise<void> {
  const { leaves } = (await site.json(0, 'audit', 'list', '--limit', '10000')) as unknown as {
    leaves: { index: number; kind: string; run?: string; step?: string }[];
  };
  const own = leaves
    .filter(({ run }) => run === record.id || run?.startsWith(`${record.id}/`))
    .sort((a, b) => a.index - b.index);
  for (const step of record.steps) {
    const kinds = own.filter((leaf) => leaf.run === step.run && leaf.step === step.name).map(({ kind }) => kind);
    expect(kinds, `${step.run} ${step.name}`).toEqual(['decision', 'step-started', 'step-finished']);
  }
  expect(own.filter(({ kind }) => kind === 'step-finished')).toHaveLength(record.steps.length);
  expect(own.filter(({ kind }) => kind === 'run-finished')).toHaveLength(3);
}

/** One new recovery point of each asset, in both stores; a new machine learns the very same ones from the stores alone. */
async function expectNewPoints(before: readonly Point[], now: readonly Point[]): Promise<void> {
  const old = new Set(before.map(({ id }) => id));
  const fresh = now.filter(({ id }) => !old.has(id));
  expect(fresh.map(({ asset, copies }) => [asset, copies.map(({ store }) => store).sort()]).sort()).toEqual([
    ['documents', ['local', 'second']],
    ['records', ['local', 'second']],
  ]);
  const elsewhere = mkdtempSync('/var/tmp/hf-elsewhere-');
  try {
    await openGatesOf((...words) => start(words, {}, elsewhere).ended, ['host.read']);
    const refreshed = await start(['points', '--refresh', '--json'], {}, elsewhere).ended;
    expect(refreshed.code, refreshed.stderr).toBe(0);
    expect(bySnapshots((JSON.parse(refreshed.stdout) as { points: Point[] }).points)).toEqual(bySnapshots(now));
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

function bySnapshots(points: readonly Point[]): unknown {
  return points
    .map(({ id, factsSha256, copies }) => ({
      id,
      factsSha256,
      copies: copies.map(({ store, dataSnapshot, factsSnapshot }) => [store, dataSnapshot, factsSnapshot]).sort(),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function pointsIn(data: string): Promise<readonly Point[]> {
  const ended = await start(['points', '--json'], {}, data).ended;
  expect(ended.code, ended.stderr).toBe(0);
  const { points } = JSON.parse(ended.stdout) as { points: (Point & Record<string, unknown>)[] };
  return points.map(({ id, asset, factsSha256, copies }) => ({ id, asset, factsSha256, copies }));
}

async function lookAtPlace(): Promise<typeof kept> {
  return {
    database: await databaseFingerprint(site.world.connection),
    files: withoutCanary(filesFingerprint(site.world.documents)),
  };
}

/** Written anew before each backup. */
function withoutCanary(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes('canary')));
}

/** Servers that are meant to outlive the process that started them. */
function detached(): number[] {
  return [serverOf(site.world.data), serverOf(join(site.data, 'database', 'cluster'))].filter((pid) => pid > 0);
}

const preload = fileURLToPath(new URL('../fixtures/kill-at.ts', import.meta.url));
let kills = 0;

async function killedAt(
  words: readonly string[],
  moments: ReadonlySet<string>,
): Promise<{ readonly ended: Ended; readonly words?: LastWords }> {
  kills += 1;
  const file = join(notes, String(kills));
  const ended = await start(words, {
    NODE_OPTIONS: `--import=${preload}`,
    HOLDFAST_TEST_KILL_AT: JSON.stringify([...moments]),
    HOLDFAST_TEST_LAST_WORDS: file,
  }).ended;
  if (ended.signal !== 'SIGKILL') return { ended };
  return { ended, words: JSON.parse(readFileSync(file, 'utf8')) as LastWords };
}

function start(words: readonly string[], env: Readonly<Record<string, string>> = {}, data = site.data): Running {
  const running = startHoldfast([...words, '--site', site.world.siteFile, '--data', data], env);
  started.add(running.pid);
  return running;
}

/** The moments at which a step began or its record was written. */
function boundaries({ stderr }: Ended): string[] {
  return stepLinesOf(stderr).map(momentOf);
}

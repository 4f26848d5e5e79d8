import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showRun } from '../../src/execution/run-rows.ts';
import type { RunRecord } from '../../src/execution/types.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/open-database.ts';
import { fixture } from './fixture-process.ts';

/** Steps of the fixture's workflow and its two branches. */
const places = ['first', 'second', 'left/one', 'left/two', 'right/one', 'right/two', 'last'] as const;

let data: string;
let database: OpenDatabase;

beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-kill-');
  // A seat of our own keeps the private server up between the processes that are killed.
  database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
});

afterAll(async () => {
  await database?.close();
  await rm(data, { recursive: true, force: true });
});

describe('A kill -9 at any moment loses no committed record, repeats no finished step and skips none', () => {
  test('at every step boundary', { timeout: 400_000 }, async () => {
    const whole = fixture(data, 'start', 'boundary-0');
    expect(await whole.ended, whole.lines().join('\n')).toBe(0);
    // Every event is a boundary; those of the runs themselves are not printed: six of three runs.
    const boundaries = whole.lines().filter((line) => line.startsWith('step-')).length + 6;
    expect(boundaries).toBe(41);
    await eachOf(range(1, boundaries), async (event) => {
      const id = `boundary-${event}`;
      const killed = fixture(data, 'start', id, String(event));
      const how = await killed.ended;
      expect(how, `${id}\n${killed.lines().join('\n')}`).toBe('SIGKILL');
      await resumedInFull(id);
    });
  });

  test('at 20 random moments', { timeout: 400_000 }, async () => {
    const begun = performance.now();
    const whole = fixture(data, 'start', 'random-0');
    await whole.ended;
    const usual = performance.now() - begun;
    await eachOf(range(1, 20), async (trial) => {
      const id = `random-${trial}`;
      const killed = fixture(data, 'start', id);
      const timer = setTimeout(() => killed.child.kill('SIGKILL'), usual * Math.random());
      await killed.ended;
      clearTimeout(timer);
      await resumedInFull(id);
    });
  });

  test('when the process that resumes it is killed too', { timeout: 120_000 }, async () => {
    const id = 'twice-1';
    expect(await fixture(data, 'start', id, '9').ended).toBe('SIGKILL');
    for (const event of ['2', '5', '11']) expect(await fixture(data, 'resume', id, event).ended).toBe('SIGKILL');
    await resumedInFull(id);
  });
});

/** Resumes a run whose process was killed, and proves from store, audit log and effects that all is done once. */
async function resumedInFull(id: string): Promise<void> {
  const before = await settled(id);
  const leavesBefore = await leavesOf(id);
  const effectsBefore = await effectsOf(id);
  if (before?.status !== 'succeeded') {
    if (before !== undefined) expect(before.status, id).toBe('interrupted');
    const next = fixture(data, before === undefined ? 'start' : 'resume', id);
    const how = await next.ended;
    expect(how, `${id}\n${next.lines().join('\n')}`).toBe(0);
    for (const step of before?.steps ?? []) {
      // No finished step is even begun again.
      expect(next.lines()).not.toContain(`step-started ${step.run} ${step.name}`);
    }
  }
  const after = await found(id);
  expect(after).toMatchObject({ id, status: 'succeeded', output: { parts: ['left', 'right'], text: 'hello' } });
  expect(after?.steps.map(placeOf).sort()).toEqual([...places].sort());
  // What was committed before the kill is there, unchanged.
  expect(after?.steps).toEqual(expect.arrayContaining([...(before?.steps ?? [])]));
  const leaves = await leavesOf(id);
  expect(leaves.slice(0, leavesBefore.length)).toEqual(leavesBefore);
  for (const place of places) {
    const kinds = leaves
      .filter((leaf) => leaf.step !== undefined && placeOf(asStep(leaf)) === place)
      .map(({ kind }) => kind);
    expect(kinds, `${id} ${place}`).toEqual(['decision', 'step-started', 'step-finished']);
  }
  expect(leaves.filter(({ kind }) => kind === 'run-started')).toHaveLength(3);
  expect(leaves.filter(({ kind }) => kind === 'run-finished')).toHaveLength(3);
  const finished = new Set((before?.steps ?? []).map(placeOf));
  const effects = await effectsOf(id);
  for (const place of places) {
    const count = effects.filter((effect) => effect === place).length;
    const countBefore = effectsBefore.filter((effect) => effect === place).length;
    expect(count, `${id} ${place}`).toBeGreaterThanOrEqual(1);
    if (finished.has(place)) expect(count, `${id} ${place} was finished`).toBe(countBefore);
  }
}

/** The server notices within moments that a process is gone. */
async function settled(id: string): Promise<RunRecord | undefined> {
  for (const until = performance.now() + 5000; ; ) {
    const record = await found(id);
    if (record?.status !== 'running' || performance.now() > until) return record;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function found(id: string): Promise<RunRecord | undefined> {
  try {
    return await showRun(database, id);
  } catch (error) {
    expect(error).toMatchObject({ code: 'run-unknown' });
    return undefined;
  }
}

interface SeenLeaf {
  readonly kind: string;
  readonly run: string;
  readonly step?: string;
}

async function leavesOf(id: string): Promise<readonly SeenLeaf[]> {
  const rows = await database.query<{ entry: string }>('select entry from audit_leaves order by index');
  const leaves = rows.map(({ entry }) => JSON.parse(entry) as SeenLeaf);
  return leaves.filter(({ run }) => run === id || run?.startsWith(`${id}/`));
}

function asStep(leaf: SeenLeaf): { run: string; name: string } {
  return { run: leaf.run, name: leaf.step ?? '' };
}

function placeOf({ run, name }: { readonly run: string; readonly name: string }): string {
  return [...run.split('/').slice(1), name].join('/');
}

async function effectsOf(id: string): Promise<readonly string[]> {
  const lines = (await readFile(join(data, 'effects'), 'utf8')).split('\n');
  return lines.filter((line) => line.startsWith(`${id}/`)).map((line) => line.slice(id.length + 1));
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Two at a time, as many as the machine has cores. */
async function eachOf(items: readonly number[], work: (item: number) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

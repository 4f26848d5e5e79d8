import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyWorld } from '../../src/demo/disaster.ts';
import type { RunRecord } from '../../src/execution/types.ts';
import { type Ended, type Running, smallSite, startHoldfast, type TestSite } from '../services/holdfast.ts';
import {
  commandLine,
  familyOf,
  mountsAt,
  processesAt,
  type Started,
  scratchOf,
  serverOf,
  survivors,
  workUnder,
} from '../services/leftovers.ts';

let site: TestSite;
/** Every Holdfast that was started, to tell its directories from those of others. */
const started = new Set<number>();

beforeAll(async () => {
  site = await smallSite(0.003);
}, 120_000);
afterAll(() => site?.remove());

describe('Cancelling a run leaves no process alive, here or on the target', () => {
  test.each([
    ['SIGINT', /\/pg_dump .*--jobs/],
    ['SIGTERM', /restic .*backup/],
  ] as const)('protect at %s while %s is at work', { timeout: 120_000 }, async (signal, program) => {
    const cancelled = await cancel(['protect'], program, (running) => running.kill(signal));
    expect(cancelled.code, cancelled.stderr).toBe(130);
    await expectCancelled('protect');
    expect(((await site.json(0, 'points')) as { points: unknown[] }).points).toEqual([]);
  });

  test('after a cancelled backup the next one works: no lock and no server is in its way', {
    timeout: 120_000,
  }, async () => {
    const made = await site.holdfast('protect');
    expect(made.code, made.stderr + made.stdout).toBe(0);
  });

  test.each([
    ['SIGTERM', /\/pg_restore .*--jobs/],
    ['SIGINT', /restic .*restore/],
  ] as const)('drill at %s while %s is at work in its sandbox', { timeout: 120_000 }, async (signal, program) => {
    const cancelled = await cancel(['drill'], program, (running) => running.kill(signal));
    expect(cancelled.code, cancelled.stderr).toBe(130);
    await expectCancelled('drill');
    const { points } = (await site.json(0, 'points')) as { points: { proof: unknown }[] };
    expect(points.map(({ proof }) => proof)).toEqual([null, null]);
  });

  test('after a cancelled drill the next one proves', { timeout: 120_000 }, async () => {
    const drilled = await site.holdfast('drill');
    expect(drilled.code, drilled.stderr + drilled.stdout).toBe(0);
  });

  test('watch at SIGINT', { timeout: 60_000 }, async () => {
    const running = site.start('watch', '--every', '1s');
    await until(() => running.stderr().includes('records is up'), running);
    const family = familyOf(running.pid);
    running.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(await survivors(family)).toEqual([]);
    expectNothingLeft([running.pid]);
  });

  test.each([
    ['SIGINT', /\/pg_restore .*--jobs/],
    ['SIGTERM', /bin\/initdb .*production/],
  ] as const)(
    'recover at %s while %s is at work: nothing half-made is in the place or beside it',
    { timeout: 120_000 },
    async (signal, program) => {
      await destroyWorld(site.world);
      const cancelled = await cancel(['recover'], program, (running) => running.kill(signal));
      expect(cancelled.code, cancelled.stderr).toBe(130);
      await expectCancelled('recover');
      expectEmptyTarget();
    },
  );

  test('`runs cancel` from another process ends a recovery and all its processes', { timeout: 120_000 }, async () => {
    await destroyWorld(site.world);
    let told: Ended | undefined;
    const cancelled = await cancel(['recover'], /\/pg_restore .*--jobs/, async (running) => {
      // Frozen, so that it is at work however long the other command takes to start.
      for (const { pid } of familyOf(running.pid)) {
        if (/pg_restore/.test(commandLine(pid))) process.kill(pid, 'SIGSTOP');
      }
      told = await site.holdfast('runs', 'cancel', (await newest('recover')).id);
    });
    expect(told?.code, told?.stderr).toBe(0);
    expect(cancelled.code, cancelled.stderr).toBe(130);
    await expectCancelled('recover');
    expectEmptyTarget();
  });

  test('`runs cancel` of a run whose process was killed removes what it had begun', { timeout: 120_000 }, async () => {
    await destroyWorld(site.world);
    await cancel(['recover'], /\/pg_restore .*--jobs/, (running) => running.kill('SIGKILL'));
    const { id, status } = await newest('recover');
    expect(status).toBe('interrupted');
    const told = await site.holdfast('runs', 'cancel', id);
    expect(told.code, told.stderr).toBe(0);
    await expectCancelled('recover');
    expectEmptyTarget();
    expect(await site.holdfast('runs', 'resume', id)).toMatchObject({ code: 5 });
  });

  test('after cancelled recoveries the next one brings both back', { timeout: 120_000 }, async () => {
    const recovered = await site.holdfast('recover');
    expect(recovered.code, recovered.stderr + recovered.stdout).toBe(0);
    // The recovered server writes its log beside its data.
    expect(readdirSync(dirname(site.world.data)).sort()).toEqual(['documents', 'postgres', 'server.log']);
  });

  test.each([
    ['its hospital is being made', /psql .*/],
    ['its drill restores', /\/pg_restore .*--jobs/],
  ] as const)('demo at SIGINT while %s', { timeout: 180_000 }, async (_when, program) => {
    const running = startHoldfast(['demo', '--scale', '0.003']);
    const family = await atWork(running, program);
    const place = family
      .map(({ pid }) => /\/var\/tmp\/holdfast-demo-\w{6}/.exec(commandLine(pid))?.[0])
      .find((path) => path !== undefined);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code, ended.stderr).toBe(130);
    expect(await survivors(family)).toEqual([]);
    expect(place).toBeDefined();
    expect(processesAt(place ?? '')).toEqual([]);
    expect(existsSync(place ?? ''), `${place} was left`).toBe(false);
    expect(scratchOf([running.pid])).toEqual([]);
  });
});

/** Starts a command, waits until a program of that command line works for it, cancels, and proves that all of it is gone. */
async function cancel(
  words: readonly string[],
  program: RegExp,
  act: (running: Running) => void | Promise<void>,
): Promise<Ended> {
  const running = site.start(...words);
  started.add(running.pid);
  const family = new Map((await atWork(running, program)).map((one) => [one.pid, one]));
  let over = false;
  const watching = (async () => {
    while (!over) {
      for (const one of familyOf(running.pid)) family.set(one.pid, one);
      await delay(5);
    }
  })();
  await act(running);
  const ended = await running.ended;
  over = true;
  await watching;
  // Killed, it cannot stop the private server of its records: the next command does.
  const store = ended.signal === null ? [] : [serverOf(join(site.data, 'database', 'cluster'))];
  expect(await survivors([...family.values()], store)).toEqual([]);
  if (ended.signal === null) expectNothingLeft([running.pid]);
  return ended;
}

/** The processes of a command at the moment when a certain program works for it. */
async function atWork(running: Running, program: RegExp): Promise<readonly Started[]> {
  let family: readonly Started[] = [];
  await until(() => {
    family = familyOf(running.pid);
    return family.some(({ pid }) => program.test(commandLine(pid)));
  }, running);
  return family;
}

async function until(condition: () => boolean, running: Running): Promise<void> {
  let ended: Ended | undefined;
  void running.ended.then((end) => {
    ended = end;
  });
  for (const limit = performance.now() + 60_000; !condition(); await delay(3)) {
    if (ended !== undefined) throw new Error(`it ended before that: ${ended.stderr}`);
    if (performance.now() > limit) throw new Error(`it did not come to that: ${running.stderr()}`);
  }
}

async function newest(operation: string): Promise<RunRecord> {
  const { runs } = (await site.json(0, 'runs', 'list', '--operation', operation, '--limit', '1')) as unknown as {
    runs: RunRecord[];
  };
  const [run] = runs;
  if (run === undefined) throw new Error(`no run of ${operation}`);
  return run;
}

/** The newest run of an operation, and each branch of it, is cancelled in the records and in the audit log. */
async function expectCancelled(operation: string): Promise<void> {
  const { id, status, error } = await newest(operation);
  expect({ status, code: error?.code }).toEqual({ status: 'cancelled', code: 'cancelled' });
  const { leaves } = (await site.json(0, 'audit', 'list', '--run', id, '--limit', '1000')) as unknown as {
    leaves: { kind: string; run: string; facts: { outcome?: string } }[];
  };
  const begun = leaves.filter(({ kind }) => kind === 'run-started').map(({ run }) => run);
  const ended = leaves.filter(({ kind }) => kind === 'run-finished');
  expect(ended.map(({ run }) => run).sort()).toEqual(begun.sort());
  expect(ended.find(({ run }) => run === id)?.facts.outcome).toBe('cancelled');
  expectNothingLeft(started);
}

function expectNothingLeft(pids: Iterable<number>): void {
  expect(processesAt(site.data)).toEqual([]);
  expect(workUnder(site.data)).toEqual([]);
  expect(scratchOf(pids)).toEqual([]);
  expect(mountsAt('/tmp/holdfast-')).toEqual([]);
  expect(mountsAt(dirname(site.data))).toEqual([]);
}

/** Production was destroyed before: nothing may be there, nor in the same directory. */
function expectEmptyTarget(): void {
  expect(readdirSync(join(site.world.data, '..')).filter((name) => name !== 'documents')).toEqual([]);
  expect(existsSync(site.world.documents) ? readdirSync(site.world.documents) : []).toEqual([]);
}

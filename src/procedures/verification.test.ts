import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcome, step, stopped, target } from '../../test/procedures/outcomes.ts';
import { startPostgres, type TestPostgres } from '../../test/services/postgres.ts';
import type { StepOutcome } from '../evidence/procedure-model.ts';
import { migrate, readMigrations } from '../store/migrate.ts';
import { PoolDatabase } from '../store/pool-database.ts';
import { expectedDurations, recordVerifications, verificationsOf } from './verification.ts';

let server: TestPostgres;
let database: PoolDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = new PoolDatabase(server.connection);
  await migrate(database, await readMigrations());
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

beforeEach(async () => {
  await database.query('truncate step_verifications');
});

const day = 86_400_000;
const site = { site: 'harbour-clinic', runbooks: { paths: [], 'verified-for': 90 * day } };
const path = 'runbooks/ledger.md';
const now = new Date('2026-11-21T00:00:00Z');

async function ran(run: string, ...steps: StepOutcome[]): Promise<void> {
  await recordVerifications(database, outcome({ run, steps }));
}

async function stateOf(steps: readonly { id: string; hash: string; kind?: string }[], more = {}) {
  const procedure = { steps: steps.map((each) => ({ kind: 'command', ...each })) } as never;
  return await verificationsOf(database, site, procedure, { path, now, ...more });
}

describe('a step', () => {
  it('is verified by a run that saw it succeed, and says when, on what and by which run', async () => {
    const disk = step('disk', 'Look', { finishedAt: '2026-11-20T18:00:00.000Z' });
    await ran('run-1', disk);
    expect((await stateOf([disk])).get('disk')).toEqual({
      state: 'verified',
      at: '2026-11-20T18:00:00.000Z',
      run: 'run-1',
      target: 'db1',
      by: 'run',
      durationMs: 2000,
    });
  });

  it('that never ran is unverified, and one that no machine can judge has no state', async () => {
    const states = await stateOf([
      { id: 'a', hash: 'x' },
      { id: 'b', hash: 'y', kind: 'manual' },
    ]);
    expect([...states]).toEqual([['a', { state: 'unverified' }]]);
  });

  it('is unverified again when it failed since, on any target', async () => {
    const disk = step('disk', 'Look', { finishedAt: '2026-11-19T18:00:00.000Z' });
    const failed = step('disk', 'Look', {
      outcome: 'failed',
      targets: [target('db1'), target('db2', { outcome: 'failed', exitCode: 1 })],
    });
    await ran('run-1', disk);
    await ran('run-2', failed);
    expect((await stateOf([disk])).get('disk')).toMatchObject({
      state: 'unverified',
      run: 'run-2',
      target: 'db1, db2',
    });
  });

  it('is not verified by what nobody saw: unknown, called done by a person, skipped, cancelled', async () => {
    const unseen = step('a', 'A', { targets: [target('db1', { exitCode: undefined })] });
    const unknown = step('b', 'B', { outcome: 'unknown', targets: [target('db1', { outcome: 'unknown' })] });
    const called = step('e', 'E', { targets: [target('db1', { outcome: 'unknown' })] });
    const skipped = step('c', 'C', { outcome: 'skipped' });
    const cancelled = step('d', 'D', { outcome: 'cancelled' });
    const steps = [unseen, unknown, skipped, cancelled, called];
    await ran('run-1', ...steps);
    expect([...(await stateOf(steps)).values()].map(({ state }) => state)).toEqual(steps.map(() => 'unverified'));
  });

  it('that was edited is changed, though not when it only got another number', async () => {
    const one = step('s1', 'One', { command: 'one' });
    const two = step('s2', 'Two', { command: 'two' });
    await ran('run-1', one, two);
    const edited = { id: 's2', hash: 'edited' };
    expect((await stateOf([one, edited])).get('s2')).toMatchObject({ state: 'changed', run: 'run-1' });
    const states = await stateOf([
      { id: 's1', hash: 'new' },
      { ...one, id: 's2' },
      { ...two, id: 's3' },
    ]);
    expect([...states].map(([id, { state }]) => `${id} ${state}`)).toEqual([
      's1 unverified',
      's2 verified',
      's3 verified',
    ]);
  });

  it('expires at the age that the site trusts', async () => {
    const disk = step('disk', 'Look', { finishedAt: '2026-11-01T00:00:00.000Z' });
    await ran('run-1', disk);
    const at = async (time: string) => (await stateOf([disk], { now: new Date(time) })).get('disk')?.state;
    expect(await at('2027-01-30T00:00:00.000Z')).toBe('verified');
    expect(await at('2027-01-30T00:00:00.001Z')).toBe('expired');
  });

  it('is unverified by another version of its tool on its target, given or seen by a later run of another step', async () => {
    const restore = step('restore', 'Restore', { command: 'sudo -u postgres pgbackrest restore' });
    const info = step('info', 'Info', { command: 'pgbackrest info', finishedAt: '2026-11-20T20:00:00.000Z' });
    const version = (text: string, on = 'db1') => ({ target: on, tool: 'pgbackrest', version: text });
    await recordVerifications(database, outcome({ run: 'run-1', steps: [restore] }), [version('2.47')]);
    const state = async (more = {}) => (await stateOf([restore], more)).get('restore')?.state;
    expect(await state({ toolVersions: [version('2.47'), version('2.50', 'db2')] })).toBe('verified');
    expect(await state({ toolVersions: [version('2.50')] })).toBe('tool-changed');
    await recordVerifications(database, outcome({ run: 'run-2', steps: [info] }), [version('2.50')]);
    expect(await state()).toBe('tool-changed');
  });

  it('of another site says nothing here', async () => {
    const disk = step('disk', 'Look');
    await recordVerifications(database, outcome({ site: 'elsewhere', steps: [disk] }));
    expect((await stateOf([disk])).get('disk')).toEqual({ state: 'unverified' });
  });

  it('is recorded once however often its run is concluded, and by a drill as such', async () => {
    await recordVerifications(database, stopped(), [], 'drill');
    await recordVerifications(database, stopped(), [], 'drill');
    const rows = await database.query<{ step: string }>(
      'select step, verified, by from step_verifications order by position',
    );
    expect(rows).toEqual([
      { step: 'check-disk', verified: true, by: 'drill' },
      { step: 'stop', verified: true, by: 'drill' },
      { step: 'flush', verified: false, by: 'drill' },
    ]);
  });
});

describe('the expected time of a step', () => {
  it('is the median of its successful runs, whatever a failed one took', async () => {
    for (const [index, durationMs] of [1000, 9000, 2000].entries()) {
      await ran(`run-${index}`, step('a', 'A', { durationMs, targets: [target('db1'), target('db2')] }));
    }
    await ran(
      'run-9',
      step('a', 'A', { durationMs: 1, outcome: 'failed', targets: [target('db1', { outcome: 'failed' })] }),
    );
    const { hash } = step('a', 'A');
    expect(await expectedDurations(database, [hash, 'none'])).toEqual(new Map([[hash, 2000]]));
  });

  it('is known of manual steps too, though nothing verifies them', async () => {
    const manual = step('m', 'Call the owner', { kind: 'manual', targets: [], durationMs: 60_000, hash: 'manual' });
    await ran('run-1', manual);
    expect((await expectedDurations(database, ['manual'])).get('manual')).toBe(60_000);
    expect((await stateOf([{ id: 'm', hash: 'manual', kind: 'manual' }])).size).toBe(0);
  });
});

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AuditLog } from '../../src/audit/types.ts';
import type { Bench } from '../../src/engines/types.ts';
import { HoldfastError } from '../../src/errors/holdfast-error.ts';
import { openRuns } from '../../src/execution/open-runs.ts';
import { type AnyWorkflow, CannotGoOn, type Run, type Runs, type Workflow } from '../../src/execution/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ProgressEvent } from '../../src/lib/progress.ts';
import type { Question } from '../../src/lib/question.ts';
import { redactor } from '../../src/lib/redact.ts';
import { isAlive, readPostmaster } from '../../src/process/postgres/postmaster.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/open-database.ts';
import { openGatesOf } from '../fixtures/open-gates.ts';
import { secretQuestion } from '../fixtures/secret-question.ts';
import { openTestAudit } from '../fixtures/test-audit.ts';
import { type FixtureProcess, fixture } from './fixture-process.ts';

const secret = 'correct-horse-battery-staple';
let data: string;
let database: OpenDatabase;
let audit: AuditLog;
let runs: Runs;
let stop: AbortController;
let events: ProgressEvent[];
const fixtures: FixtureProcess[] = [];

beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-runs-');
  database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
  audit = await openTestAudit(database, data);
  await openGatesOf(database, audit, 'test', ['host.read', 'host.write']);
});

afterAll(async () => {
  await database?.close();
  await rm(data, { recursive: true, force: true });
});

afterEach(async () => {
  for (const { child, ended } of fixtures.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await runs.close();
});

function open(...workflows: readonly AnyWorkflow[]): Runs {
  stop = new AbortController();
  events = [];
  runs = openRuns({
    database,
    audit,
    clock: systemClock,
    report: (event) => events.push(event),
    redact: redactor([secret]),
    workflows,
    actor: { name: 'tester', kind: 'person', face: 'cli' },
    signal: stop.signal,
    applicationVersion: 'test',
  });
  return runs;
}

function other(...args: readonly string[]): FixtureProcess {
  const process = fixture(data, ...args);
  fixtures.push(process);
  return process;
}

const spec = (name: string) =>
  ({ name, title: name, gates: ['host.read'], effects: ['none'], target: 'nothing' }) as const;

/** Stands for the fixture's workflows: known by name, never begun here. */
const known: readonly AnyWorkflow[] = ['fixture whole', 'fixture part'].map((name) => ({
  name,
  execute: async (run: Run) => (await run.step(spec('elsewhere'), async () => 'here')).result,
}));

test('a listing shows a killed run as interrupted and does not bring it back', async () => {
  open(...known);
  const process = other('start', 'listed-1', '0', 'left/two');
  await process.says('step-started listed-1/left two');
  expect(await runs.show('listed-1')).toMatchObject({ status: 'running', steps: expect.any(Array) });
  process.child.kill('SIGKILL');
  await process.ended;
  await expect.poll(async () => (await runs.show('listed-1')).status, { timeout: 5000 }).toBe('interrupted');
  const [listed] = await runs.list({ status: 'interrupted' });
  expect(listed).toMatchObject({ id: 'listed-1', operation: 'fixture whole', site: 'test', actor: 'fixture' });
  const before = await runs.show('listed-1');
  // Another run in this process launches everything that could recover something.
  const quick: Workflow<null, string> = { name: 'fixture part', execute: async () => 'done' };
  expect(await (await runs.start(quick, null, { site: 'test', id: 'listed-2' })).result()).toBe('here');
  expect(await runs.show('listed-1')).toEqual(before);
});

test('a run under way in one process is not resumed by another, and can be cancelled from there', async () => {
  open(...known);
  const process = other('start', 'busy-1', '0', 'right/one');
  await process.says('step-started busy-1/right one');
  await expect(runs.resume('busy-1')).rejects.toMatchObject({ code: 'run-active' });
  expect(await runs.cancel('busy-1')).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  expect(await process.ended).toBe(1);
  expect(process.lines().join('\n')).toContain('"code":"cancelled"');
  await expect(runs.resume('busy-1')).rejects.toMatchObject({
    code: 'run-not-resumable',
    details: { id: 'busy-1', status: 'cancelled' },
  });
  await expect(runs.cancel('busy-1')).rejects.toMatchObject({ code: 'run-ended' });
  // The other branch may have been through already; the held one and the run itself were not.
  expect((await outcomeLeaves('busy-1')).slice(-2)).toEqual(['cancelled', 'cancelled']);
});

test('an interrupted run is cancelled where nobody runs it', async () => {
  open(...known);
  const process = other('start', 'orphan-1', '0', 'second');
  await process.says('step-started orphan-1 second');
  process.child.kill('SIGKILL');
  await process.ended;
  expect(await runs.cancel('orphan-1')).toMatchObject({ status: 'cancelled' });
  await expect(runs.resume('orphan-1')).rejects.toMatchObject({ code: 'run-not-resumable' });
  expect(await outcomeLeaves('orphan-1')).toEqual(['cancelled']);
});

test('of two that resume one run at once, one goes on and the other is refused', async () => {
  open(...known);
  const killed = other('start', 'race-1', '9');
  await killed.ended;
  const [one, two] = [other('resume', 'race-1'), other('resume', 'race-1')];
  const codes = await Promise.all([one.ended, two.ended]);
  const said = [...one.lines(), ...two.lines()].join('\n');
  expect(codes.sort(), said).toEqual([0, 1]);
  expect(said).toMatch(/"code":"run-(active|not-resumable)"/);
  expect((await runs.show('race-1')).status).toBe('succeeded');
});

test('Ctrl-C ends what a step had started and records the run as cancelled', async () => {
  let child = 0;
  const long: Workflow<null, void> = {
    name: 'long',
    execute: async (run) => {
      await run.step(spec('sleep'), async ({ signal }) => {
        const sleeper = spawn('sleep', ['600'], { signal, killSignal: 'SIGKILL' });
        child = sleeper.pid ?? 0;
        await new Promise((_resolve, reject) => sleeper.on('error', reject));
      });
    },
  };
  open(long);
  const run = await runs.start(long, null, { site: 'test', id: 'ctrl-c-1' });
  await expect.poll(() => child, { timeout: 10_000 }).toBeGreaterThan(1);
  stop.abort();
  await expect(run.result()).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => isAlive(child), { timeout: 5000 }).toBe(false);
  expect(await runs.show('ctrl-c-1')).toMatchObject({
    status: 'cancelled',
    steps: [{ name: 'sleep', status: 'failed' }],
  });
  expect(await outcomeLeaves('ctrl-c-1')).toEqual(['cancelled']);
});

test('an error thrown in a step is the same error in the run, in the record and on replay', async () => {
  const error = new HoldfastError('cluster-not-empty', { data: '/srv/db', example: 'PG_VERSION' }, { output: 'line' });
  const failing: Workflow<null, void> = {
    name: 'failing',
    execute: async (run) => {
      await run.step(spec('fail'), async () => {
        throw error;
      });
    },
  };
  open(failing);
  const run = await runs.start(failing, null, { site: 'test', id: 'failing-1' });
  const thrown = await run.result().catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(HoldfastError);
  expect(JSON.stringify(thrown)).toBe(JSON.stringify(error));
  expect(await runs.show('failing-1')).toMatchObject({ status: 'failed', error: { code: 'cluster-not-empty' } });
  await expect(runs.resume('failing-1')).rejects.toMatchObject({ code: 'run-not-resumable' });
  await expect(runs.start(failing, null, { site: 'test', id: 'failing-1' })).rejects.toMatchObject({
    code: 'run-id-taken',
  });
  await expect(runs.resume('never-was')).rejects.toMatchObject({ code: 'run-unknown' });
});

test('nothing acts when its decision cannot be written to the audit log', async () => {
  let acted = false;
  const acting: Workflow<null, void> = {
    name: 'acting',
    execute: async (run) => {
      await run.step(spec('act'), async () => {
        acted = true;
      });
    },
  };
  open(acting);
  const real = audit.append;
  audit.append = async (leaf, options) => {
    if (leaf.kind === 'decision') throw new Error('the disk is full');
    return real(leaf, options);
  };
  try {
    const run = await runs.start(acting, null, { site: 'test', id: 'unlogged-1' });
    await expect(run.result()).rejects.toMatchObject({
      code: 'run-interrupted',
      message: expect.stringContaining('disk is full'),
    });
  } finally {
    audit.append = real;
  }
  expect(acted).toBe(false);
  await runs.close();
  // When the log can be written again the run goes on.
  open(acting);
  await (await runs.resume('unlogged-1')).result();
  expect(acted).toBe(true);
});

test('branches wait for each other in any order, and a wait for one that never starts ends', async () => {
  const part: Workflow<{ after: readonly string[] }, string> = {
    name: 'part',
    execute: async (run, { after }) => {
      for (const id of after) await run.waitFor(id);
      return (await run.step(spec('do'), async () => run.id)).result;
    },
  };
  const graph: Workflow<{ lonely: boolean }, readonly string[]> = {
    name: 'graph',
    execute: async (run, { lonely }) => {
      const last = await run.branch('last', part, { after: [`${run.id}/first`] });
      if (lonely) throw new HoldfastError('cluster-not-empty', { data: 'x', example: 'y' });
      const first = await run.branch('first', part, { after: [] });
      return Promise.all([last.result(), first.result()]);
    },
  };
  open(graph, part);
  const run = await runs.start(graph, { lonely: false }, { site: 'test', id: 'graph-1' });
  expect(await run.result()).toEqual(['graph-1/last', 'graph-1/first']);
  expect((await runs.show('graph-1')).steps.map((step) => step.run)).toEqual(['graph-1/first', 'graph-1/last']);
  const lonely = await runs.start(graph, { lonely: true }, { site: 'test', id: 'graph-2' });
  await expect(lonely.result()).rejects.toMatchObject({ code: 'cluster-not-empty' });
});

test('a store that dies under a run interrupts it; it is resumed when the store is back', {
  timeout: 90_000,
}, async () => {
  let attempts = 0;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const steady: Workflow<null, string> = {
    name: 'steady',
    execute: async (run) => {
      await run.step(spec('before'), async () => 'b');
      await run.step(spec('during'), async ({ signal }) => {
        attempts += 1;
        if (attempts > 1) return;
        release();
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
      return 'through';
    },
  };
  open(steady);
  const run = await runs.start(steady, null, { site: 'test', id: 'outage-1' });
  await held;
  const pid = (await readPostmaster(join(data, 'database', 'cluster')))?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await expect(run.result()).rejects.toMatchObject({ code: 'store-lost' });
  await runs.close();
  await database.close();
  database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
  audit = await openTestAudit(database, data);
  open(steady);
  expect((await runs.show('outage-1')).status).toBe('interrupted');
  expect(await (await runs.resume('outage-1')).result()).toBe('through');
  expect(attempts).toBe(2);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'step-finished', step: 'before', outcome: 'replayed' }),
  );
});

test('a run that was begun with other steps is left interrupted for the version that knows them', async () => {
  let held = true;
  let begun: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const version = (first: string): Workflow<null, string> => ({
    name: 'versioned',
    execute: async (run) => {
      await run.step(spec(first), async () => 'one');
      await run.step(spec('second'), async ({ signal }) => {
        if (!held) return;
        begun();
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
      return first;
    },
  });
  open(version('old-first'));
  const run = await runs.start(version('old-first'), null, { site: 'test', id: 'versioned-1' });
  await underWay;
  await runs.close();
  await expect(run.result()).rejects.toMatchObject({ code: 'run-interrupted' });
  held = false;
  open(version('new-first'));
  await expect((await runs.resume('versioned-1')).result()).rejects.toMatchObject({ code: 'run-changed' });
  await runs.close();
  open(version('old-first'));
  expect(await runs.show('versioned-1')).toMatchObject({ status: 'interrupted', steps: [{ name: 'old-first' }] });
  expect(await (await runs.resume('versioned-1')).result()).toBe('old-first');
});

/** A run of two steps, the first done, whose process went away under the second, which goes on elsewhere. */
async function leftAtWork(
  id: string,
  again: (bench: Bench) => Promise<string>,
  question?: Question,
): Promise<{ firsts: () => number }> {
  let firsts = 0;
  let begun: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let work = async ({ signal }: Bench): Promise<string> => {
    begun();
    return await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const reaching: Workflow<null, string> = {
    name: 'reaching',
    outlives: true,
    execute: async (run) => {
      await run.step(spec('first'), async () => {
        firsts += 1;
      });
      if (question !== undefined) await run.ask(question);
      const { result } = await run.step({ ...spec('elsewhere'), looksFirst: true }, async (bench) => await work(bench));
      await run.step(spec('third'), async () => expect.unreachable('nothing begins in a run that is cancelled'));
      return result;
    },
  };
  open(reaching);
  const run = await runs.start(reaching, null, { site: 'test', id });
  if (question !== undefined) {
    await expect.poll(async () => (await runs.questions(id)).length).toBe(1);
    await runs.answer(id, question.name, { choice: 'value', value: 'planted-by-hand' });
  }
  await underWay;
  await runs.close();
  await expect(run.result()).rejects.toMatchObject({ code: 'run-interrupted' });
  work = again;
  open(reaching);
  return { firsts: () => firsts };
}

test('a run that left something at work elsewhere is brought back to be cancelled: its step ends it, and nothing begins', async () => {
  let found: Bench | undefined;
  const { firsts } = await leftAtWork('reaching-1', async (bench) => {
    found = bench;
    return 'ended there';
  });
  expect(await runs.cancel('reaching-1')).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  expect(found).toMatchObject({ again: true, mayBegin: false });
  expect(found?.signal.aborted).toBe(true);
  expect(firsts(), 'what was done is not done again').toBe(1);
  expect((await runs.show('reaching-1')).steps).toMatchObject([
    { name: 'first', status: 'succeeded' },
    { name: 'elsewhere', status: 'succeeded' },
  ]);
  expect(await outcomeLeaves('reaching-1')).toEqual(['cancelled']);
});

test('Ctrl-C while the records of such a run are read ends it in the same way', async () => {
  let aborted: boolean | undefined;
  await leftAtWork('reaching-2', async ({ signal }) => {
    aborted = signal.aborted;
    return 'ended there';
  });
  const resumed = await runs.resume('reaching-2');
  stop.abort();
  await expect(resumed.result()).rejects.toMatchObject({ code: 'cancelled' });
  expect(aborted).toBe(true);
});

test('to end what was begun with a secret nobody needs to tell it again', async () => {
  let ended = 0;
  const ends = async ({ signal }: Bench): Promise<string> => {
    expect(signal.aborted).toBe(true);
    ended += 1;
    return 'ended there';
  };
  await leftAtWork('told-1', ends, secretQuestion);
  expect(await runs.cancel('told-1')).toMatchObject({ status: 'cancelled' });
  expect(ended).toBe(1);
  await runs.close();
  await leftAtWork('told-2', ends, secretQuestion);
  const resumed = await runs.resume('told-2');
  await expect.poll(() => events.some(({ kind }) => kind === 'question')).toBe(true);
  stop.abort();
  await expect(resumed.result()).rejects.toMatchObject({ code: 'cancelled' });
  expect(ended, 'also by Ctrl-C where it is asked for again').toBe(2);
});

test('a run that cannot go on in this process has not ended: it is interrupted, and told why', async () => {
  let hindered = false;
  const workflow: Workflow<null, string> = {
    name: 'hindered',
    execute: async (run) => {
      if (hindered) throw new CannotGoOn(new HoldfastError('secret-not-set', { name: 'TOKEN' }));
      await run.step(spec('first'), async () => 'one');
      return (await run.ask({ ...secretQuestion, value: { name: 'TOKEN' } })).choice;
    },
  };
  open(workflow);
  const run = await runs.start(workflow, null, { site: 'test', id: 'hindered-1' });
  await expect.poll(async () => (await runs.questions('hindered-1')).length).toBe(1);
  await runs.close();
  await expect(run.result()).rejects.toMatchObject({ code: 'run-interrupted' });
  hindered = true;
  open(workflow);
  await expect((await runs.resume('hindered-1')).result()).rejects.toMatchObject({ code: 'secret-not-set' });
  await runs.close();
  hindered = false;
  open(workflow);
  expect(await runs.show('hindered-1')).toMatchObject({ status: 'interrupted' });
  const resumed = await runs.resume('hindered-1');
  await runs.answer('hindered-1', secretQuestion.name, { choice: 'value', value: 'plain' });
  expect(await resumed.result()).toBe('value');
});

test('such a run that cannot be brought back is recorded as cancelled, and it is said that nobody has looked', async () => {
  await leftAtWork('reaching-3', async () => expect.unreachable('it is not reached'));
  await runs.close();
  const changed: Workflow<null, string> = {
    name: 'reaching',
    outlives: true,
    execute: async (run) => (await run.step(spec('another'), async () => 'another')).result,
  };
  open(changed);
  expect(await runs.cancel('reaching-3')).toMatchObject({ status: 'cancelled' });
  const said = events.flatMap((event) => (event.kind === 'note' ? [event.message] : []));
  expect(said).toEqual([expect.stringContaining('may still run there')]);
});

test('a secret planted in an input, a result, an error, an output or a target never reaches the database or a report', async () => {
  const leaky: Workflow<{ word: string }, string> = {
    name: 'leaky',
    execute: async (run, { word }) => {
      const leak = `${secret} ${word}`;
      run.note('info', leak);
      await run.step({ ...spec('result'), target: leak, summary: () => leak }, async ({ warn }) => {
        warn(leak);
        return { [secret]: [leak, Buffer.from(secret).toString('base64')] };
      });
      await run
        .step(spec('unexpected'), async () => {
          throw new Error(leak, { cause: new Error(leak) });
        })
        .catch(() => undefined);
      await run
        .step(spec('known'), async () => {
          throw new HoldfastError(
            'cluster-not-empty',
            { data: leak, example: leak },
            { output: leak, cause: new Error(leak) },
          );
        })
        .catch(() => undefined);
      throw new Error(leak);
    },
  };
  open(leaky);
  const run = await runs.start(leaky, { word: secret }, { site: 'test', id: 'leaky-1' });
  await expect(run.result()).rejects.toMatchObject({ code: 'unexpected' });
  await runs.close();
  const dump = await everything(database);
  expect(dump).toContain('leaky-1');
  expect(dump).toContain('[redacted]');
  for (const form of [secret, Buffer.from(secret).toString('base64')]) {
    expect(dump.includes(form), `the database holds ${form}`).toBe(false);
    expect(JSON.stringify(events)).not.toContain(form);
  }
  expect(await readFile(join(data, 'database', 'server.log'), 'utf8')).not.toContain(secret);
});

/** Every row of every table, also of the engine's own schema, as text. */
async function everything({ connection }: OpenDatabase): Promise<string> {
  const client = new Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('holdfast', 'dbos')`,
    );
    expect(rows.length).toBeGreaterThan(10);
    let text = '';
    for (const { name } of rows) {
      const table = await client.query<{ row: string }>(`select t::text as row from ${name} as t`);
      text += table.rows.map(({ row }) => `${name} ${row}\n`).join('');
    }
    return text;
  } finally {
    await client.end();
  }
}

async function outcomeLeaves(id: string): Promise<readonly unknown[]> {
  const rows = await database.query<{ entry: string }>('select entry from audit_leaves order by index');
  return rows
    .map(({ entry }) => JSON.parse(entry) as { kind: string; run?: string; facts: { outcome?: string } })
    .filter(({ kind, run }) => kind === 'run-finished' && (run === id || run?.startsWith(`${id}/`)))
    .map(({ facts }) => facts.outcome);
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AuditLog } from '../../src/audit/types.ts';
import { SecretMemory } from '../../src/config/secret-memory.ts';
import { openRuns } from '../../src/execution/open-runs.ts';
import type { AnyWorkflow, Question, Runs, Workflow } from '../../src/execution/types.ts';
import type { Actor } from '../../src/gates/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ProgressEvent } from '../../src/lib/progress.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/open-database.ts';
import { secretQuestion } from '../fixtures/secret-question.ts';
import { openTestAudit } from '../fixtures/test-audit.ts';
import { type FixtureProcess, fixtureProgram } from './fixture-process.ts';

const known = 'correct-horse-battery-staple';
let data: string;
let database: OpenDatabase;
let audit: AuditLog;
let runs: Runs;
let stop: AbortController;
let events: ProgressEvent[];
let remembered: string[];
const fixtures: FixtureProcess[] = [];

beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-ask-');
  database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
  audit = await openTestAudit(database, data);
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
  await runs?.close();
});

const tester: Actor = { name: 'tester', kind: 'person', face: 'cli' };

function open(...workflows: readonly AnyWorkflow[]): Runs {
  stop = new AbortController();
  events = [];
  remembered = [];
  const memory = new SecretMemory();
  memory.remember(known);
  runs = openRuns({
    database,
    audit,
    clock: systemClock,
    report: (event) => events.push(event),
    redact: memory.redact,
    remember: (secret) => {
      remembered.push(secret);
      memory.remember(secret);
    },
    workflows,
    actor: tester,
    signal: stop.signal,
    applicationVersion: 'test',
  });
  return runs;
}

function other(...args: readonly string[]): FixtureProcess {
  const process = fixtureProgram('asking-run.ts', data, ...args);
  fixtures.push(process);
  return process;
}

/** A workflow that asks one question and gives back the answer. */
function asks(question: Question): Workflow<null, unknown> {
  return { name: 'asks', execute: async (run) => await run.ask(question) };
}

const confirm: Question = {
  name: 'go',
  kind: 'confirm',
  title: `Drop it? ${known}`,
  details: [],
  choices: [
    { id: 'run', label: 'Go on', typed: 'db1' },
    { id: 'skip', label: 'Leave it out', reason: 'required' },
    { id: 'abort', label: 'Stop', reason: 'optional' },
  ],
};

const asked = async (run: string): Promise<void> =>
  await expect.poll(async () => (await runs.questions(run)).length, { timeout: 10_000 }).toBe(1);

const effects = async (run: string): Promise<string[]> =>
  (await readFile(join(data, 'effects'), 'utf8')).split('\n').filter((line) => line.startsWith(`${run}/`));

async function leaves(run: string, kind: string): Promise<Record<string, unknown>[]> {
  const rows = await database.query<{ entry: string }>('select entry from audit_leaves order by index');
  return rows
    .map(({ entry }) => JSON.parse(entry) as Record<string, unknown>)
    .filter((leaf) => leaf.run === run && leaf.kind === kind);
}

test('a question waits until it is answered, once; row and leaf say who, what and why', async () => {
  open(asks(confirm));
  const handle = await runs.start(asks(confirm), null, { site: 'test', id: 'ask-1' });
  await asked('ask-1');
  expect(await runs.questions()).toMatchObject([{ run: 'ask-1', name: 'go', title: 'Drop it? [redacted]' }]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'question', run: 'ask-1' }));
  const given = { choice: 'skip', reason: ` not today, ${known}` };
  const [one, two] = await Promise.allSettled([
    runs.answer('ask-1', 'go', given),
    runs.answer('ask-1', 'go', given, { name: 'lee', kind: 'person', face: 'http' }),
  ]);
  const refused = [one, two].filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { code: 'question-answered' } }]);
  const answer = await handle.result();
  expect(answer).toMatchObject({ choice: 'skip', reason: 'not today, [redacted]' });
  expect(await runs.questions()).toEqual([]);
  expect(await leaves('ask-1', 'question')).toMatchObject([
    { actor: 'tester', step: 'go', facts: { kind: 'confirm' } },
  ]);
  expect(await leaves('ask-1', 'answer')).toMatchObject([
    { actor: (answer as { by: string }).by, facts: { choice: 'skip', reason: 'not today, [redacted]' } },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'question-closed', question: 'go' }));
});

test.each([
  ['a choice that there is not', { choice: 'yes' }, 'none of its choices'],
  ['a name that is not typed in full', { choice: 'run', value: 'db' }, 'typed in full'],
  ['a name that is not typed', { choice: 'run' }, 'typed in full'],
  ['no reason where one is needed', { choice: 'skip', reason: '  ' }, 'needs a reason'],
  ['a value that nobody asked for', { choice: 'abort', value: 'x' }, 'takes no value'],
])('refuses %s, and waits on', async (name, given, reason) => {
  const id = `refused-${name.replaceAll(' ', '-')}`;
  open(asks(confirm));
  const handle = await runs.start(asks(confirm), null, { site: 'test', id });
  await asked(id);
  await expect(runs.answer(id, 'go', given)).rejects.toMatchObject({
    code: 'answer-not-allowed',
    details: { reason: expect.stringContaining(reason) },
  });
  await expect(runs.answer(id, 'else', given)).rejects.toMatchObject({ code: 'question-unknown' });
  await expect(runs.answer('no-run', 'go', given)).rejects.toMatchObject({ code: 'run-unknown' });
  expect(await runs.questions(id)).toHaveLength(1);
  expect(await leaves(id, 'answer')).toEqual([]);
  await runs.answer(id, 'go', { choice: 'run', value: 'db1' });
  expect(await handle.result()).toMatchObject({ choice: 'run', value: 'db1' });
});

test.each(['assistant', 'schedule'] as const)('what a person decides is not decided by an %s', async (kind) => {
  const choose: Question = { ...confirm, kind: 'choose', choices: [{ id: 'a', label: 'A' }, ...confirm.choices] };
  const by: Actor = { name: 'model', kind, face: 'http' };
  for (const [question, choice] of [
    [confirm, 'abort'],
    [{ ...confirm, kind: 'failed-step' }, 'abort'],
    [{ ...confirm, kind: 'unknown-outcome' }, 'abort'],
    [{ ...confirm, kind: 'manual-step' }, 'abort'],
    [choose, 'run'],
  ] as const) {
    const id = `by-${kind}-${question.kind}`;
    open(asks(question));
    const handle = await runs.start(asks(question), null, { site: 'test', id });
    await asked(id);
    await expect(runs.answer(id, 'go', { choice, value: 'db1' }, by)).rejects.toMatchObject({
      code: 'answer-not-allowed',
      details: { reason: expect.stringContaining('a person decides it') },
    });
    if (question.kind === 'choose') await runs.answer(id, 'go', { choice: 'a' }, by);
    else await runs.answer(id, 'go', { choice: 'abort' });
    await handle.result();
    await runs.close();
  }
});

test('an assistant says what it found, and whoever decides sees it', async () => {
  open(asks(confirm));
  const handle = await runs.start(asks(confirm), null, { site: 'test', id: 'note-1' });
  await asked('note-1');
  const assistant: Actor = { name: 'model', kind: 'assistant', face: 'http' };
  await runs.noteQuestion('note-1', 'go', `replica lags 3 s, ${known}`, assistant);
  await runs.noteQuestion('note-1', 'go', 'then wait');
  expect((await runs.questions('note-1'))[0]?.notes).toMatchObject([
    { by: 'model', kind: 'assistant', note: 'replica lags 3 s, [redacted]', at: expect.stringMatching(/^2\d{3}-.*Z$/) },
    { by: 'tester', note: 'then wait' },
  ]);
  expect(await leaves('note-1', 'question-note')).toHaveLength(2);
  expect(await leaves('note-1', 'answer')).toEqual([]);
  await expect(runs.noteQuestion('note-1', 'go', ' ')).rejects.toMatchObject({ code: 'answer-not-allowed' });
  await runs.answer('note-1', 'go', { choice: 'abort' });
  await expect(runs.noteQuestion('note-1', 'go', 'too late')).rejects.toMatchObject({ code: 'question-answered' });
  await handle.result();
});

test('a value matches its pattern as a whole, and one that looks like a secret is not taken', async () => {
  const question: Question = {
    name: 'value:HOST',
    kind: 'value',
    title: 'Which host?',
    details: [],
    choices: [{ id: 'abort', label: 'Stop' }],
    value: { name: 'HOST', pattern: '[a-z]+\\d|c.*' },
  };
  open(asks(question));
  const handle = await runs.start(asks(question), null, { site: 'test', id: 'value-1' });
  await asked('value-1');
  const answer = (value?: string) =>
    runs.answer('value-1', 'value:HOST', { choice: 'value', ...(value === undefined ? {} : { value }) });
  for (const [value, why] of [
    [undefined, 'is needed'],
    ['db1; rm', 'does not match'],
    ['db', 'does not match'],
    [known, 'looks like a secret'],
  ] as const) {
    await expect(answer(value)).rejects.toMatchObject({ details: { reason: expect.stringContaining(why) } });
  }
  await answer('db1');
  expect(await handle.result()).toMatchObject({ choice: 'value', value: 'db1' });
});

test('a secret is in memory alone: nowhere in the store, and after a crash it is asked for again', async () => {
  const planted = 'planted-Sup3r-s3cret';
  let got: string | undefined;
  let hold: Promise<void> = new Promise(() => undefined);
  const workflow: Workflow<null, unknown> = {
    name: 'asks',
    execute: async (run) => {
      const answer = await run.ask(secretQuestion);
      got = answer.value;
      await Promise.race([hold, new Promise((_resolve, reject) => run.signal.addEventListener('abort', reject))]);
      return answer;
    },
  };
  open(workflow);
  await runs.start(workflow, null, { site: 'test', id: 'secret-1' });
  await asked('secret-1');
  await runs.answer('secret-1', 'value:TOKEN', { choice: 'value', value: planted });
  await expect.poll(() => got).toBe(planted);
  expect(remembered).toEqual([planted]);
  const everything = async () =>
    JSON.stringify([
      await database.query('select * from questions'),
      await database.query('select * from runs'),
      await database.query('select * from steps'),
      await database.query('select entry from audit_leaves'),
    ]);
  expect(await everything()).not.toContain(planted);
  expect(await everything()).toContain('"secret":true');
  // This process forgets: as after a crash.
  await runs.close();
  got = undefined;
  hold = Promise.resolve();
  open(workflow);
  const handle = await runs.resume('secret-1');
  await asked('secret-1');
  expect(got).toBeUndefined();
  await runs.answer('secret-1', 'value:TOKEN', { choice: 'value', value: planted });
  await handle.result();
  expect(got).toBe(planted);
  expect(await everything()).not.toContain(planted);
});

test('a waiting question survives kill -9, and the run finds an answer that was given meanwhile', async () => {
  open();
  const first = other('start', 'kill-1');
  await first.says('question kill-1 first');
  first.child.kill('SIGKILL');
  await first.ended;
  await expect.poll(async () => (await runs.show('kill-1')).status, { timeout: 5000 }).toBe('interrupted');
  expect(await runs.questions('kill-1')).toMatchObject([{ name: 'first' }]);
  expect(await effects('kill-1')).toEqual(['kill-1/before ']);
  // It goes on waiting where it is resumed, and is asked once in the records.
  const second = other('resume', 'kill-1');
  await second.says('question kill-1 first');
  second.child.kill('SIGKILL');
  await second.ended;
  expect(await leaves('kill-1', 'question')).toHaveLength(1);
  await runs.answer('kill-1', 'first', { choice: 'run' }, { name: 'kim', kind: 'person', face: 'http' });
  const third = other('resume', 'kill-1');
  await third.says('question kill-1/part second');
  expect(await effects('kill-1')).toEqual(['kill-1/before ', 'kill-1/after kim']);
  // While it runs elsewhere an answer from here reaches it.
  await runs.answer('kill-1/part', 'second', { choice: 'run' });
  expect(await third.ended).toBe(0);
  expect(await effects('kill-1')).toEqual([
    'kill-1/before ',
    'kill-1/after kim',
    'kill-1/part/one run',
    'kill-1/last run',
  ]);
});

test('killed at each event around its questions, a run repeats no finished step and loses no answer', async () => {
  open();
  const probe = other('start', 'count');
  await probe.says('question count first');
  await runs.answer('count', 'first', { choice: 'run' });
  await probe.says('question count/part second');
  await runs.answer('count/part', 'second', { choice: 'run' });
  await probe.ended;
  const total = probe.lines().filter((line) => /^\d+ /.test(line)).length;
  for (let at = 2; at <= total; at += 2) {
    const id = `each-${at}`;
    let process = other('start', id, String(at));
    for (let life = 0; life < 4; life += 1) {
      const [how] = await Promise.all([process.ended, answerAll(id, process.ended)]);
      if (how === 0) break;
      process = other('resume', id);
    }
    expect(await effects(id)).toEqual([`${id}/before `, `${id}/after tester`, `${id}/part/one run`, `${id}/last run`]);
    expect(await leaves(id, 'answer')).toHaveLength(1);
    expect(await leaves(`${id}/part`, 'answer')).toHaveLength(1);
  }
}, 120_000);

/** Answers what a run asks, for as long as its process lives. */
async function answerAll(id: string, ended: Promise<unknown>): Promise<void> {
  let living = true;
  void ended.then(() => {
    living = false;
  });
  while (living) {
    for (const { run, name } of await runs.questions(id)) await runs.answer(run, name, { choice: 'run' });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a cancelled run takes no answer and does not go on', async () => {
  open();
  const process = other('start', 'cancel-1');
  await process.says('question cancel-1 first');
  const [cancelled, answered] = await Promise.allSettled([
    runs.cancel('cancel-1'),
    runs.answer('cancel-1', 'first', { choice: 'run' }),
  ]);
  expect(cancelled).toMatchObject({ status: 'fulfilled', value: { status: 'cancelled' } });
  if (answered.status === 'rejected') expect(answered.reason).toMatchObject({ code: 'answer-too-late' });
  await process.ended;
  await expect(runs.answer('cancel-1', 'first', { choice: 'run' })).rejects.toMatchObject({
    code: expect.stringMatching(/answer-too-late|question-answered/),
  });
  expect((await effects('cancel-1')).filter((line) => line.includes('/last'))).toEqual([]);
  expect(await runs.questions('cancel-1')).toEqual([]);
});

test('a killed run that is cancelled while it waits starts nothing, whatever is answered', async () => {
  open();
  const process = other('start', 'cancel-2');
  await process.says('question cancel-2 first');
  process.child.kill('SIGKILL');
  await process.ended;
  await expect.poll(async () => (await runs.show('cancel-2')).status, { timeout: 5000 }).toBe('interrupted');
  await runs.cancel('cancel-2');
  await expect(runs.answer('cancel-2', 'first', { choice: 'run' })).rejects.toMatchObject({
    code: 'answer-too-late',
    details: { status: 'cancelled' },
  });
  const elsewhere = { name: 'fixture asking', execute: async () => 'went on' };
  await runs.close();
  await expect(open(elsewhere).resume('cancel-2')).rejects.toMatchObject({ code: 'run-not-resumable' });
  expect(await effects('cancel-2')).toEqual(['cancel-2/before ']);
  expect(await leaves('cancel-2', 'answer')).toEqual([]);
});

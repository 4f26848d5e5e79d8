import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { findProcedureEvidence } from '../../src/procedures/report/read-evidence.ts';
import type { LastWords } from '../fixtures/kill-at.ts';
import { linesIn, type RemoteSite, remoteSite, until } from '../runbooks/remote.ts';
import type { Running } from '../services/holdfast.ts';
import { momentOf, stepLinesOf } from '../services/step-lines.ts';

let site: RemoteSite;
let notes: string;
let place: string;

beforeAll(async () => {
  notes = mkdtempSync('/var/tmp/hf-words-');
  site = await remoteSite();
}, 120_000);

afterAll(async () => {
  await site?.remove();
  rmSync(notes, { recursive: true, force: true });
});

let count = 0;
beforeEach(() => {
  count += 1;
  place = join(site.hosts[0]?.home ?? '', `work-${count}`);
});

/** Three commands that each leave a line; the second goes on when it is let go. */
function threeSteps(): string {
  return site.write(`three-${count}`, [
    `mkdir -p ${place}; echo one >> ${place}/log`,
    `echo two >> ${place}/log; n=0; while [ ! -e ${place}/go ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n+1)); done; echo let go`,
    `echo three >> ${place}/log`,
  ]);
}

const done = () => linesIn(join(place, 'log'));
const letGo = () => writeFileSync(join(place, 'go'), '');
const running = () => until('the second step runs', () => done().includes('two'));
const run = (file: string) => ['runbook', 'run', file, '--target', 'host1', '--auto', 'all'];

async function outcomeOf(started: Running): Promise<ProcedureOutcome> {
  const ended = await started.ended;
  expect(ended.code, ended.stderr).toBe(0);
  return (JSON.parse(ended.stdout) as { outcome: ProcedureOutcome }).outcome;
}

/** Kills Holdfast while the second step runs, which goes on. */
async function killedWhileRunning(): Promise<void> {
  const first = site.start(run(threeSteps()));
  await running();
  first.kill('SIGKILL');
  await first.ended;
}

/** The same, and the step ends by itself while nobody looks. */
async function killedWhileItEnded(): Promise<void> {
  await killedWhileRunning();
  letGo();
  await until('the step ended by itself', () => site.hosts[0]?.steps().length === 0);
}

async function interrupted(): Promise<string> {
  const newest = await site.newestRun();
  expect(newest?.status).toBe('interrupted');
  return newest?.id ?? '';
}

describe('2. A kill -9 at any moment loses no committed record, repeats no finished step and skips none', () => {
  test('of Holdfast, at every step boundary', { timeout: 300_000 }, async () => {
    const file = threeSteps();
    await preLetGo();
    const pending = new Set(await boundaries(file));
    expect(pending.size).toBeGreaterThanOrEqual(10);
    for (const moment of [...pending]) {
      count += 1;
      place = join(site.hosts[0]?.home ?? '', `work-${count}`);
      const again = threeSteps();
      await preLetGo();
      const words = join(notes, `${count}`);
      const killed = await site.start(run(again), {
        NODE_OPTIONS: `--import=${fileURLToPath(new URL('../fixtures/kill-at.ts', import.meta.url))}`,
        HOLDFAST_TEST_KILL_AT: JSON.stringify([moment]),
        HOLDFAST_TEST_LAST_WORDS: words,
      }).ended;
      expect(killed.signal, `${moment}\n${killed.stderr}`).toBe('SIGKILL');
      expect((JSON.parse(readFileSync(words, 'utf8')) as LastWords).moment).toBe(moment);
      const resumed = await site.holdfast('runs', 'resume', await interrupted());
      expect(resumed.code, `${moment}\n${resumed.stderr}`).toBe(0);
      expect(done(), moment).toEqual(['one', 'two', 'three']);
    }
  });

  test('of Holdfast while a step runs, which ends meanwhile: its exit is found and it is not run again', async () => {
    await killedWhileItEnded();
    const resumed = await site.holdfast('runs', 'resume', await interrupted());
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(done()).toEqual(['one', 'two', 'three']);
  });

  test('of Holdfast while a step runs, which is attached to and its output continues', async () => {
    await killedWhileRunning();
    const second = site.start(['runs', 'resume', await interrupted(), '--json']);
    await until('the resumed run is connected', () => (site.hosts[0]?.connections().length ?? 0) > 0);
    letGo();
    const ended = await second.ended;
    expect(ended.code, ended.stderr).toBe(0);
    const { output } = JSON.parse(ended.stdout) as { output: { outcome: ProcedureOutcome } };
    const [target] = output.outcome.steps[1]?.targets ?? [];
    expect(target).toMatchObject({ outcome: 'succeeded', attached: true, exitCode: 0 });
    expect(target?.stdout?.tail).toBe('let go\n');
    expect(done()).toEqual(['one', 'two', 'three']);
  });

  test('of Holdfast while a step runs whose gate is closed meanwhile: it is looked at, and nothing begins', async () => {
    await killedWhileItEnded();
    expect((await site.holdfast('gate', 'close', 'host.write', '--reason', 'enough')).code).toBe(0);
    const second = site.start(['runs', 'resume', await interrupted(), '--json']);
    const { questions } = await firstQuestions();
    expect(questions[0]?.kind, 'the third step is refused').toBe('failed-step');
    expect(questions[0]?.name).toContain('s3');
    await site.holdfast('runs', 'answer', questions[0]?.run ?? '', questions[0]?.name ?? '', 'abort');
    const { output } = JSON.parse((await second.ended).stdout) as { output: { outcome: ProcedureOutcome } };
    expect(output.outcome.steps.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'failed']);
    expect(output.outcome.steps[1]?.targets[0]).toMatchObject({ outcome: 'succeeded', attached: true });
    expect(done()).toEqual(['one', 'two']);
    await site.holdfast('gate', 'open', 'host.write', '--for', '1h', '--reason', 'again', '--yes');
  });

  test('of Holdfast while a step runs on a target that is gone when it is resumed: its outcome is unknown until it is back', async () => {
    await killedWhileItEnded();
    await site.hosts[0]?.down();
    const second = site.start(['runs', 'resume', await interrupted(), '--json']);
    const { questions } = await firstQuestions();
    expect(questions[0]?.kind).toBe('unknown-outcome');
    await site.hosts[0]?.up();
    await site.holdfast('runs', 'answer', questions[0]?.run ?? '', questions[0]?.name ?? '', 'look');
    const ended = await second.ended;
    expect(ended.code, ended.stderr).toBe(0);
    expect(done()).toEqual(['one', 'two', 'three']);
  });

  test('of the link while a step runs: the same run goes on with it', async () => {
    const started = site.start([...run(threeSteps()), '--json']);
    await running();
    site.hosts[0]?.drop();
    letGo();
    const outcome = await outcomeOf(started);
    expect(outcome.ending).toBe('completed');
    expect(outcome.steps[1]?.targets[0]?.stdout?.tail).toBe('let go\n');
    expect(done()).toEqual(['one', 'two', 'three']);
  });

  test('of the step itself on its target: its outcome is unknown until a person says', async () => {
    const started = site.start([...run(threeSteps()), '--json']);
    await running();
    for (const pid of site.hosts[0]?.steps() ?? []) process.kill(pid, 'SIGKILL');
    const { questions } = await firstQuestions();
    expect(questions[0]).toMatchObject({ kind: 'unknown-outcome' });
    const { run: id, name } = questions[0] ?? { run: '', name: '' };
    const refused = await site.holdfast('runs', 'answer', id, name, 'was-done');
    expect(refused.code, 'it needs a reason').not.toBe(0);
    await site.holdfast('runs', 'answer', id, name, 'was-done', '--reason', 'looked at the log by hand');
    const ended = await started.ended;
    const { outcome } = JSON.parse(ended.stdout) as { outcome: ProcedureOutcome };
    expect(done()).toEqual(['one', 'two', 'three']);
    expect(outcome.steps[1]).toMatchObject({ outcome: 'succeeded', targets: [{ outcome: 'unknown' }] });
    expect(outcome.steps[1]?.answers.at(-1)?.reason).toBe('looked at the log by hand');
  });
});

/** What was signed of a run that did not come to its end. */
const handedOver = (id: string) => findProcedureEvidence(join(site.directory, 'data'), id, {});

interface Asked {
  readonly questions: readonly { readonly run: string; readonly name: string; readonly kind: string }[];
}

async function firstQuestions(): Promise<Asked> {
  let asked: Asked = { questions: [] };
  await until('it asks', async () => {
    asked = (await site.json('runs', 'questions')) as Asked;
    return asked.questions.length > 0;
  });
  return asked;
}

describe('3. Cancelling a run leaves no process alive, here or on the target', () => {
  test('also those that left their session, and the record proves it', async () => {
    const file = site.write(`cancel-${count}`, [
      `mkdir -p ${place}; (setsid sh -c 'echo escaped >> ${place}/log; sleep 600' &); sleep 600`,
    ]);
    const started = site.start(run(file));
    await until('both run', () => done().includes('escaped'));
    expect(site.hosts[0]?.steps().length).toBeGreaterThan(1);
    const newest = await site.newestRun();
    const cancelled = await site.holdfast('runs', 'cancel', newest?.id ?? '');
    expect(cancelled.code, cancelled.stderr).toBe(0);
    const ended = await started.ended;
    expect(ended.code).toBe(130);
    expect(site.hosts[0]?.steps()).toEqual([]);
    expect(ended.stderr).toContain('Hand-over page');
  });

  test('also of a run whose Holdfast was killed: what it left on its target is ended there, and so it is recorded', async () => {
    const file = site.write(`left-${count}`, [
      'true',
      `mkdir -p ${place}; (setsid sh -c 'echo escaped >> ${place}/log; sleep 600' &); sleep 600`,
    ]);
    const first = site.start(run(file));
    await until('both run', () => done().includes('escaped'));
    first.kill('SIGKILL');
    await first.ended;
    expect(site.hosts[0]?.steps().length, 'they go on without Holdfast').toBeGreaterThan(1);
    const id = await interrupted();
    const cancelled = await site.holdfast('runs', 'cancel', id);
    expect(cancelled.code, cancelled.stderr).toBe(0);
    expect(site.hosts[0]?.steps()).toEqual([]);
    expect(cancelled.stderr).toContain('Hand-over page');
    const { outcome } = await handedOver(id);
    expect(outcome.ending).toBe('cancelled');
    expect(outcome.steps.map((step) => step.outcome)).toEqual(['succeeded', 'cancelled']);
    expect(outcome.steps[1]?.targets[0]).toMatchObject({ outcome: 'cancelled', survivors: [] });
    expect(existsSync(site.hosts[0]?.runs ?? '') && readdirSync(site.hosts[0]?.runs ?? '')).not.toContain(id);
  });

  test('of such a run nothing is said of a target that cannot be reached: what runs there is unknown', async () => {
    await killedWhileRunning();
    const id = await interrupted();
    await site.hosts[0]?.down();
    const cancelled = await site.holdfast('runs', 'cancel', id);
    await site.hosts[0]?.up();
    letGo();
    expect(cancelled.code, cancelled.stderr).toBe(0);
    const { outcome } = await handedOver(id);
    expect(outcome.steps.map((step) => step.outcome)).toEqual(['succeeded', 'unknown', 'not-reached']);
    await until('the step ended by itself', () => site.hosts[0]?.steps().length === 0);
  });

  test('Ctrl-C does the same', async () => {
    const file = site.write(`interrupt-${count}`, [`mkdir -p ${place}; echo here >> ${place}/log; sleep 600`]);
    const started = site.start(run(file));
    await until('it runs', () => done().includes('here'));
    started.kill('SIGINT');
    expect((await started.ended).code).toBe(130);
    expect(site.hosts[0]?.steps()).toEqual([]);
  });
});

/** Lets the second step go at once. */
async function preLetGo(): Promise<void> {
  const { mkdirSync, chmodSync } = await import('node:fs');
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o777);
  letGo();
}

/** Every moment that a run of this runbook tells of. */
async function boundaries(file: string): Promise<string[]> {
  const whole = await site.start(run(file)).ended;
  expect(whole.code, whole.stderr).toBe(0);
  return [...new Set(stepLinesOf(whole.stderr).map(momentOf))];
}

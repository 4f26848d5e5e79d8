import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { livingProcesses } from '../../src/process/listing.ts';
import { connect } from '../../src/targets/index.ts';
import type { Session } from '../../src/targets/types.ts';
import { startSshd, type TestHost, type TestSshd } from '../services/sshd.ts';
import { commandLine, holding, newRun, Output, type Performed, perform, until, untilFile } from './observed.ts';

/**
 * Kills each process that a step of a target hangs on, at each point of the step's life. Whoever is killed: the step is never started
 * twice, its output is neither lost nor repeated, and what became of it is named rightly.
 */

let sshd: TestSshd;
let host: TestHost;
let session: Session;
let run: string;
let hold: string;
let go: string;
const signal = new AbortController().signal;

beforeAll(async () => {
  // A setsid that waits while there is a file `hold`: the moment between the marker and the beginning, held open.
  sshd = await startSshd({ shell: 'dash' });
  [host] = sshd.hosts as [TestHost];
  hold = join(host.room, 'hold');
  const shim = join(sshd.directory, 'bin', 'setsid');
  writeFileSync(
    shim,
    `#!/bin/sh\n[ ! -f '${hold}' ] || : >'${hold}.reached'\nwhile [ -f '${hold}' ]; do sleep 0.02; done\nexec /usr/bin/setsid "$@"\n`,
  );
  chmodSync(shim, 0o755);
});
afterAll(async () => await sshd?.stop());

beforeEach(async () => {
  run = newRun();
  go = join(host.room, `${run}-go`);
  session = await connect(host.target, { signal, timeoutMs: 8000 });
  return async () => await session.close();
});

const marker = () => `${run}/s1`;
const effects = () => join(host.room, `${run}-effects`);
const mark = () => `:${run}/s1:`;

/** Says a line, waits to be let go, says another: with an effect that is counted. */
const script = () =>
  `echo started >>'${effects()}'; echo first; echo oops >&2; until [ -f '${go}' ]; do sleep 0.02; done; echo second; exit 5`;

const timesStarted = (): number => (existsSync(effects()) ? readFileSync(effects(), 'utf8').split('\n').length - 1 : 0);

/** Each kills one process of the chain from Holdfast to the command. */
const links = {
  'the ssh client': () =>
    killAll(
      livingProcesses().filter(({ parent, pid }) => parent === process.pid && commandLine(pid).includes('ssh -T')),
    ),
  'the connection in sshd': () => host.drop(),
  'the helper shell': () => killAll(host.shells().map((pid) => ({ pid }))),
  'server and all connections, which come back': async () => {
    await host.down();
    await delay(100);
    await host.up();
  },
} as const;

describe.each(Object.entries(links))('%s is killed', (_name, cut) => {
  test('before the step began: it begins once, and is followed to its end', async () => {
    writeFileSync(hold, '');
    const working = perform(session, marker(), script());
    await untilFile(`${hold}.reached`);
    await cut();
    release();
    writeFileSync(go, '');
    expectWhole(await working);
  });

  test('while it runs: it goes on, and its output is continued at the byte where it was', async () => {
    const output = new Output();
    const working = perform(session, marker(), script(), { output });
    await until('its first line came', () => output.stdout.startsWith('first\n') && output.stderr === 'oops\n');
    await cut();
    writeFileSync(go, '');
    expectWhole(await working);
  });

  test('after it ended and before that was recorded: how it ended is found, and it is not started again', async () => {
    const first = perform(session, marker(), script());
    await untilFile(effects());
    await cut();
    await session.close();
    writeFileSync(go, '');
    await until('its exit is noted', () => readFileSync(join(host.runs, run, 's1', 'exit'), 'utf8') === '5\n');
    await first.catch(() => undefined);
    session = await connect(host.target, { signal });
    const found = await perform(session, marker(), script());
    expectWhole(found);
    expect(found.attached).toBe(true);
  });

  test('and Holdfast with it: the next one finds it running, attaches, and has all of its output', async () => {
    const first = perform(session, marker(), script());
    await untilFile(effects());
    await cut();
    await session.close();
    await first.catch(() => undefined);
    session = await connect(host.target, { signal });
    expect((await session.probe(marker())).state).toBe('running');
    const working = perform(session, marker(), script());
    writeFileSync(go, '');
    const found = await working;
    expectWhole(found);
    expect(found.attached).toBe(true);
  });

  test('in the middle of much output: every line comes once, in order', async () => {
    const output = new Output();
    const working = perform(session, marker(), 'i=0; while [ $i -lt 60000 ]; do echo "line $i 줄"; i=$((i+1)); done', {
      output,
    });
    await until('some came', () => output.bytes.length > 100_000);
    await cut();
    const done = await working;
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 0 });
    expect(done.output.stdout).toBe(Array.from({ length: 60_000 }, (_, index) => `line ${index} 줄\n`).join(''));
  });
});

describe('the command itself', () => {
  test('killed while it runs: an exit by that signal', async () => {
    const working = perform(session, marker(), script());
    await untilFile(effects());
    killAll(
      holding(mark())
        .map((pid) => ({ pid }))
        .filter(({ pid }) => commandLine(pid).includes('/s1/script') && !commandLine(pid).includes(' holdfast-step ')),
    );
    const done = await working;
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 137, signal: 'SIGKILL' });
    expect(timesStarted()).toBe(1);
  });

  test('killed with everything around it: unknown, and unknown to the next Holdfast too', async () => {
    const working = perform(session, marker(), script());
    await untilFile(effects());
    killAll(holding(mark()).map((pid) => ({ pid })));
    expect((await working).outcome).toBe('unknown');
    expect(await session.probe(marker())).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('killed from outside'),
    });
    writeFileSync(go, '');
    expect((await perform(session, marker(), script())).outcome).toBe('unknown');
    expect(timesStarted()).toBe(1);
  });

  test('bereft of the shell that would note its end: unknown, and what still runs of it is told', async () => {
    const working = perform(session, marker(), script());
    await untilFile(effects());
    const wrapper = Number(readFileSync(join(host.runs, run, 's1', 'begun'), 'utf8').split(' ')[0]);
    killAll([{ pid: wrapper }]);
    const done = await working;
    expect(done.outcome).toBe('unknown');
    expect(done.survivors.length).toBeGreaterThan(0);
    expect(await session.kill(marker())).toEqual([]);
    expect(holding(mark())).toEqual([]);
  });

  test('killed before it began: it never started, and never will', async () => {
    writeFileSync(hold, '');
    const working = perform(session, marker(), script());
    await untilFile(`${hold}.reached`);
    killAll(holding(mark()).map((pid) => ({ pid })));
    release();
    expect((await working).outcome).toBe('never-started');
    expect((await perform(session, marker(), script())).outcome).toBe('never-started');
    expect(timesStarted()).toBe(0);
  });

  test('probed before it began: the probe decides, and the late beginning does nothing', async () => {
    writeFileSync(hold, '');
    const working = perform(session, marker(), script());
    await untilFile(`${hold}.reached`);
    const other = await connect(host.target, { signal });
    expect(await other.probe(marker())).toEqual({ state: 'never-started' });
    await other.close();
    release();
    expect((await working).outcome).toBe('never-started');
    await until('nobody is left', () => holding(mark()).length === 0);
    expect(timesStarted()).toBe(0);
  });
});

describe('the target is started anew', () => {
  // Said by another boot id in what the step noted at its beginning: the only difference that a restart leaves there.
  const restart = (): void => {
    const begun = join(host.runs, run, 's1', 'begun');
    const [pid = '', start = ''] = readFileSync(begun, 'utf8').split(' ');
    writeFileSync(begun, `${pid} ${start} 00000000-0000-0000-0000-000000000000\n`);
  };

  test('before the step began: it never started', async () => {
    mkdirSync(join(host.runs, run, 's1'), { recursive: true });
    chmodSync(join(host.runs, run), 0o777);
    chmodSync(join(host.runs, run, 's1'), 0o777);
    expect(await session.probe(marker())).toEqual({ state: 'never-started' });
    expect((await perform(session, marker(), script())).outcome).toBe('never-started');
    expect(timesStarted()).toBe(0);
  });

  test('in the moment of the first act: nobody is left who could begin it, so it never started', async () => {
    mkdirSync(join(host.runs, run, 's1'), { recursive: true });
    writeFileSync(join(host.runs, run, 's1', 'begun'), '');
    expect(await session.probe(marker())).toEqual({ state: 'never-started' });
    expect(timesStarted()).toBe(0);
  });

  test('while it runs: unknown, whatever has its number now', async () => {
    const working = perform(session, marker(), script());
    await untilFile(effects());
    restart();
    expect((await working).outcome).toBe('unknown');
    expect(await session.probe(marker())).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('restarted'),
    });
    writeFileSync(go, '');
    await until('it has ended', () => holding(mark()).length === 0);
  });

  test('after it ended: how it ended is known', async () => {
    writeFileSync(go, '');
    expectWhole(await perform(session, marker(), script()));
    restart();
    expect(await session.probe(marker())).toEqual({ state: 'finished', exitCode: 5 });
    expectWhole(await perform(session, marker(), script()));
  });
});

describe('the target does not come back', () => {
  test('the link is lost, and says so in bounded time; later the truth is found', async () => {
    const working = perform(session, marker(), script());
    await untilFile(effects());
    await host.down();
    const begun = performance.now();
    const done = await working;
    expect(done.outcome).toBe('link-lost');
    expect(performance.now() - begun).toBeLessThan(15_000);
    await host.up();
    expect((await session.probe(marker())).state).toBe('running');
    writeFileSync(go, '');
    expectWhole(await perform(session, marker(), script()));
  });

  test('a limit that passes meanwhile is no excuse to say that it was killed', async () => {
    const working = perform(session, marker(), script(), { timeoutMs: 1500 });
    await untilFile(effects());
    await host.down();
    expect((await working).outcome).toBe('link-lost');
    await host.up();
    expect(await session.kill(marker())).toEqual([]);
    expect(holding(mark())).toEqual([]);
  });
});

describe('the target falls silent, and closes nothing', () => {
  test('a limit that passes meanwhile, or a cancellation, ends in a lost link: nobody knows whether it was killed', async () => {
    const working = perform(session, marker(), script(), { timeoutMs: 1500 });
    await untilFile(effects());
    host.silent(true);
    try {
      expect((await working).outcome).toBe('link-lost');
      await expect(session.kill(marker())).rejects.toMatchObject({ code: 'target-not-reached' });
    } finally {
      host.silent(false);
    }
    expect((await session.probe(marker())).state).toBe('running');
    expect(await session.kill(marker())).toEqual([]);
    expect(holding(mark())).toEqual([]);
  });
});

describe('the target is so slow that output comes long after the end of what said it', () => {
  let slow: TestSshd;
  beforeAll(async () => {
    slow = await startSshd({ shell: 'dash' });
    const shim = join(slow.directory, 'bin', 'cat');
    writeFileSync(shim, '#!/bin/sh\n[ $# -gt 0 ] || sleep 2\nexec /usr/bin/cat "$@"\n');
    chmodSync(shim, 0o755);
  });
  afterAll(async () => await slow?.stop());

  test('it is waited for', async () => {
    const slowly = await connect((slow.hosts[0] as TestHost).target, { signal });
    const done = await perform(slowly, marker(), 'echo late; echo too >&2; exit 6');
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 6 });
    expect([done.output.stdout, done.output.stderr]).toEqual(['late\n', 'too\n']);
    await slowly.close();
  });
});

test('a run that was cancelled can still be asked about and cleaned up, also when the link is gone', async () => {
  const stop = new AbortController();
  const own = await connect(host.target, { signal: stop.signal });
  const working = perform(own, marker(), script(), { signal: stop.signal });
  await untilFile(effects());
  host.drop();
  stop.abort();
  expect(await working).toMatchObject({ outcome: 'cancelled', survivors: [] });
  expect(holding(mark())).toEqual([]);
  host.drop();
  expect((await own.probe(marker())).state).toBe('finished');
  await own.forget(run);
  expect(existsSync(join(host.runs, run))).toBe(false);
  await own.close();
});

describe('the helper shell hangs', () => {
  const frozen: number[] = [];

  /** Until the test is over: nothing that is asked of them, nor the end of their connection, is heard. */
  function freezeShells(): void {
    frozen.push(...host.shells());
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  }

  afterEach(() => {
    for (const pid of frozen.splice(0)) process.kill(pid, 'SIGKILL');
  });

  test('a cancelled step is killed over another connection', async () => {
    const stop = new AbortController();
    const working = perform(session, marker(), script(), { signal: stop.signal });
    await untilFile(effects());
    freezeShells();
    const begun = performance.now();
    stop.abort();
    const done = await working;
    expect(done).toMatchObject({ outcome: 'cancelled', survivors: [] });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(holding(mark())).toEqual([]);
  });

  test('a limit is kept all the same', async () => {
    const working = perform(session, marker(), script(), { timeoutMs: 1500 });
    await untilFile(effects());
    freezeShells();
    const done = await working;
    expect(done).toMatchObject({ outcome: 'timed-out', survivors: [] });
    expect(done.durationMs).toBeLessThan(10_000);
    expect(holding(mark())).toEqual([]);
  });
});

function expectWhole(done: Performed): void {
  expect(done).toMatchObject({ outcome: 'exited', exitCode: 5 });
  expect(done.output.stdout).toBe('first\nsecond\n');
  expect(done.output.stderr).toBe('oops\n');
  expect(timesStarted()).toBe(1);
}

function release(): void {
  for (const file of [hold, `${hold}.reached`]) rmSync(file, { force: true });
}

function killAll(processes: readonly { readonly pid: number }[]): void {
  if (processes.length === 0) throw new Error('there is nobody to kill');
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone with another.
    }
  }
}

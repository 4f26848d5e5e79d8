import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childAccountNow } from '../../src/process/account.ts';
import { findProgram } from '../../src/process/path.ts';
import { connect } from '../../src/targets/index.ts';
import { greeting } from '../../src/targets/shell/source.ts';
import { startSshd, type TestHost, type TestSshd } from '../services/sshd.ts';
import { holding, newRun, Output, perform, until, untilFile } from './observed.ts';

const signal = new AbortController().signal;
let sshd: TestSshd;
let host: TestHost;

beforeAll(async () => {
  sshd = await startSshd();
  [host] = sshd.hosts as [TestHost];
});
afterAll(async () => await sshd?.stop());

const room = (name: string) => join(host.room, name);

describe('a marker that is taken away while its step runs', () => {
  test('leaves an unknown outcome, when the step is over, and the step is never begun again under it', async () => {
    const session = await connect(host.target, { signal });
    const run = newRun();
    const script = `echo once >>'${room(run)}'; rm -rf ~/.local; until [ -f '${room(`${run}-go`)}' ]; do sleep 0.02; done`;
    const working = perform(session, `${run}/s1`, script);
    await untilFile(room(run));
    await until('its marker is gone', () => !existsSync(join(host.runs, run)));
    writeFileSync(room(`${run}-go`), '');
    expect((await working).outcome).toBe('unknown');
    expect((await perform(session, `${run}/s1`, script)).outcome).toBe('unknown');
    expect(await session.probe(`${run}/s1`)).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('marker'),
    });
    expect(readFileSync(room(run), 'utf8')).toBe('once\n');
    await session.forget(run);
    await session.close();
  });

  test('is no reason to say that it was killed: it is', async () => {
    const session = await connect(host.target, { signal });
    const run = newRun();
    const done = await perform(session, `${run}/s1`, `rm -rf ~/.local; sleep 81`, { timeoutMs: 1000 });
    expect(done).toMatchObject({ outcome: 'timed-out', survivors: [] });
    expect(holding(`:${run}/s1:`)).toEqual([]);
    expect(await session.probe(`${run}/s1`)).toMatchObject({ state: 'finished' });
    await session.forget(run);
    await session.close();
  });

  test('and comes back, as in a home that is restored, costs nothing', async () => {
    const session = await connect(host.target, { signal });
    const run = newRun();
    const output = new Output();
    const go = room(`${run}-go`);
    const working = perform(
      session,
      `${run}/s1`,
      `echo first; until [ -f '${go}' ]; do sleep 0.02; done; echo second`,
      {
        output,
      },
    );
    await until('its first line came', () => output.stdout === 'first\n');
    renameSync(join(host.runs, run), join(host.runs, `${run}-away`));
    await new Promise((resolve) => setTimeout(resolve, 700));
    renameSync(join(host.runs, `${run}-away`), join(host.runs, run));
    writeFileSync(go, '');
    expect(await working).toMatchObject({ outcome: 'exited', exitCode: 0 });
    expect(output.stdout).toBe('first\nsecond\n');
    await session.forget(run);
    await session.close();
  });

  test('with Holdfast killed too: it is not started a second time beside itself', async () => {
    const first = await connect(host.target, { signal });
    const run = newRun();
    const go = room(`${run}-go`);
    const script = `echo once >>'${room(run)}'; until [ -f '${go}' ]; do sleep 0.02; done`;
    const left = perform(first, `${run}/s1`, script);
    await untilFile(room(run));
    await first.close();
    await left.catch(() => undefined);
    renameSync(join(host.runs, run), join(host.runs, `${run}-away`));
    const second = await connect(host.target, { signal });
    const working = perform(second, `${run}/s1`, script, { again: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(readFileSync(room(run), 'utf8')).toBe('once\n');
    writeFileSync(go, '');
    expect((await working).outcome).toBe('unknown');
    expect(readFileSync(room(run), 'utf8')).toBe('once\n');
    for (const name of [run, `${run}-away`]) await second.forget(name);
    await second.close();
  });
});

test('a service that a step left behind, and that talks on and on, does not keep the step from ending', async () => {
  const session = await connect(host.target, { signal });
  const run = newRun();
  const stop = room(run);
  const done = await perform(
    session,
    `${run}/s1`,
    `(until [ -f '${stop}' ]; do echo tick; sleep 0.05; done) & echo up`,
    {
      timeoutMs: 20_000,
    },
  );
  expect(done).toMatchObject({ outcome: 'exited', exitCode: 0 });
  expect(done.output.stdout).toContain('up\n');
  expect(holding(`:${run}/s1:`).length, 'and is not killed').toBeGreaterThan(0);
  writeFileSync(stop, '');
  await until('it has ended', () => holding(`:${run}/s1:`).length === 0);
  await session.forget(run);
  await session.close();
});

test('a value that is too long for a variable is refused before anything starts', async () => {
  const session = await connect(host.target, { signal });
  const run = newRun();
  const begun = room(run);
  const working = perform(session, `${run}/s1`, `: >'${begun}'`, { env: { LONG: '가'.repeat(50_000) } });
  await expect(working).rejects.toMatchObject({ code: 'target-text' });
  await expect(working).rejects.toThrow(/LONG is longer than/);
  const fits = await perform(session, `${run}/s2`, 'printf %s "$LONG" | wc -c', { env: { LONG: 'x'.repeat(131_000) } });
  expect(fits.output.stdout.trim()).toBe('131000');
  await session.forget(run);
  await session.close();
});

// Needs a program that becomes root by itself, as sudo does.
describe.skipIf(process.getuid?.() !== 0)('a command that runs as another user', () => {
  test('cannot be killed, and is named as a survivor of the limit', async () => {
    const sudo = join(sshd.directory, 'sudo');
    copyFileSync('/usr/bin/setpriv', sudo);
    chmodSync(sudo, 0o4755);
    const session = await connect(host.target, { signal });
    const run = newRun();
    const done = await perform(session, `${run}/s1`, `'${sudo}' --reuid 0 --clear-groups sleep 84; :`, {
      timeoutMs: 1000,
    });
    const left = holding(`:${run}/s1:`);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect(left).toHaveLength(1);
    expect(done).toMatchObject({ outcome: 'timed-out', survivors: left });
    await until('it is gone', () => holding(`:${run}/s1:`).length === 0);
    await session.forget(run);
    await session.close();
  });

  const unshare = findProgram('unshare') ?? 'false';
  const hidden = 'mount -t proc -o hidepid=2 proc /proc';
  const unshared = ['--mount', '--propagation', 'private', 'sh', '-c'];
  const canHide = spawnSync(unshare, [...unshared, hidden], { stdio: 'ignore' }).status === 0;

  test.skipIf(!canHide)('is noticed even where processes of others cannot be seen (hidepid)', async () => {
    const child = spawn('sleep', ['85'], { detached: true, stdio: 'ignore' });
    const gone = once(child, 'exit');
    try {
      const { uid, gid } = childAccountNow();
      const as = `exec setpriv --reuid=${uid} --regid=${gid} --clear-groups sh`;
      const ask = () =>
        execFileSync(unshare, [...unshared, `${hidden} && ${as}`], {
          input: `${greeting('token', 'notice')}hf_dead run step ${child.pid}\n`,
          env: { PATH: '/usr/bin:/bin', XDG_STATE_HOME: host.room },
          encoding: 'utf8',
          stdio: ['pipe', 'pipe', 'ignore'],
        });
      expect(ask()).toContain('token = hidden');
      child.kill('SIGKILL');
      await gone;
      expect(ask()).toContain('token = noted');
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('start-up files of the account', () => {
  const forced = async (command: string): Promise<TestSshd> =>
    await startSshd({ settings: [`ForceCommand ${command}`] });

  test('that leave options and functions behind change nothing', async () => {
    const functions = ['cat', 'mkdir', 'rm', 'grep', 'tail', 'head'].map(
      (name) => `${name}() { echo no ${name}; return 1; }`,
    );
    const other = await forced(
      `${functions.join('; ')}; export -f cat mkdir rm grep tail head; umask 000; set -efu; export SHELLOPTS; exec bash --posix`,
    );
    try {
      const session = await connect((other.hosts[0] as TestHost).target, { signal });
      const run = newRun();
      const done = await perform(session, `${run}/s1`, 'echo out; echo err >&2; exit 3');
      expect(done).toMatchObject({ outcome: 'exited', exitCode: 3 });
      expect([done.output.stdout, done.output.stderr]).toEqual(['out\n', 'err\n']);
      const late = await perform(session, `${run}/s2`, 'sleep 82 & sleep 83', { timeoutMs: 1000 });
      expect(late).toMatchObject({ outcome: 'timed-out', survivors: [] });
      await session.forget(run);
      expect(existsSync(join((other.hosts[0] as TestHost).runs, run))).toBe(false);
      await session.close();
    } finally {
      await other.stop();
    }
  });

  test.each([
    ['a restricted shell', 'exec bash --restricted', /POSIX/],
    ['a program that says what it does not understand and stays', 'exec sed -u s/^/what:/', /what:/],
  ])('that put %s in the place of the shell are named as the reason', async (_name, command, said) => {
    const other = await forced(command);
    try {
      const connecting = connect((other.hosts[0] as TestHost).target, { signal, timeoutMs: 2000 });
      await expect(connecting).rejects.toMatchObject({ code: 'target-no-shell' });
      await expect(connecting).rejects.toThrow(said);
    } finally {
      await other.stop();
    }
  });
});

test('what a target lacks is named before anything starts', async () => {
  const other = await startSshd({ shell: 'busybox' });
  const [poor] = other.hosts as [TestHost];
  try {
    const bin = join(other.directory, 'bin');
    for (const name of ['cat', 'mkdir', 'rm', 'head']) symlinkSync('/usr/bin/busybox', join(bin, name));
    const file = join(other.directory, 'host1', 'sshd_config');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/PATH=\S+/, `PATH=${bin}`));
    await poor.down();
    await poor.up();
    const connecting = connect(poor.target, { signal });
    await expect(connecting).rejects.toMatchObject({ code: 'target-no-shell' });
    await expect(connecting).rejects.toThrow(/PATH \(.*\): tail grep/);
  } finally {
    await other.stop();
  }
});

describe('another machine answers under the name', () => {
  let moved: TestSshd;
  let elsewhere: TestHost;
  beforeAll(async () => {
    moved = await startSshd({ shell: 'dash' });
    [elsewhere] = moved.hosts as [TestHost];
    const shim = join(moved.directory, 'bin', 'uname');
    writeFileSync(shim, '#!/bin/sh\necho elsewhere\n');
    chmodSync(shim, 0o755);
  });
  afterAll(async () => await moved?.stop());

  test('in the middle of a step: nothing is asked of it, started or killed on it, and the truth is found at the right one', async () => {
    const config = join(sshd.directory, 'moving');
    copyFileSync(sshd.config, config);
    const target = { ...host.target, address: { kind: 'ssh' as const, destination: 'host1', config } };
    const session = await connect(target, { signal, timeoutMs: 8000 });
    const who = await session.identify();
    const run = newRun();
    const go = room(`${run}-go`);
    const script = `: >'${room(run)}'; until [ -f '${go}' ]; do sleep 0.02; done; echo said; exit 6`;
    const working = perform(session, `${run}/s1`, script);
    await untilFile(room(run));
    copyFileSync(moved.config, config);
    host.drop();
    expect((await working).outcome).toBe('link-lost');
    await expect(session.kill(`${run}/s1`)).rejects.toMatchObject({ code: 'target-mismatch' });
    const other = perform(session, `${run}/s2`, ':');
    await expect(other).rejects.toMatchObject({ code: 'target-mismatch' });
    await expect(other).rejects.toThrow(`host-name should be ${who['host-name']} and is elsewhere`);
    expect(existsSync(join(elsewhere.runs, run)), 'no marker there').toBe(false);
    copyFileSync(sshd.config, config);
    writeFileSync(go, '');
    const done = await perform(session, `${run}/s1`, script);
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 6, attached: true });
    expect(done.output.stdout).toBe('said\n');
    await session.forget(run);
    await session.close();
  });
});

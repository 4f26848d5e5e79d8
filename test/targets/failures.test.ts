import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HoldfastError } from '../../src/errors/holdfast-error.ts';
import { connect } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/types.ts';
import { startSshd, type TestHost, type TestSshd } from '../services/sshd.ts';
import { newRun, perform } from './observed.ts';

const signal = new AbortController().signal;
let sshd: TestSshd;
let first: TestHost;
let second: TestHost;

beforeAll(async () => {
  sshd = await startSshd({ count: 2 });
  [first, second] = sshd.hosts as [TestHost, TestHost];
});
afterAll(async () => await sshd?.stop());

/** The same host, reached in another way. */
function reached(host: TestHost, change: Partial<Extract<Target['address'], { kind: 'ssh' }>>): Target {
  if (host.target.address.kind !== 'ssh') throw new Error('not ssh');
  return { ...host.target, address: { ...host.target.address, ...change } };
}

async function failure(target: Target, timeoutMs = 10_000): Promise<HoldfastError> {
  const begun = performance.now();
  try {
    await (await connect(target, { signal, timeoutMs })).close();
  } catch (error) {
    expect(performance.now() - begun).toBeLessThan(timeoutMs + 5000);
    if (error instanceof HoldfastError) return error;
    throw error;
  }
  throw new Error('it connected');
}

describe('a host that cannot be reached', () => {
  test('says that nothing listens there', async () => {
    await second.down();
    const error = await failure(second.target);
    expect(error).toMatchObject({ code: 'target-not-reached' });
    expect(error.message).toMatch(/Connection refused/);
    expect(error.hint).toContain(`-F ${sshd.config}`);
    await second.up();
  });

  test('says that its name is unknown', async () => {
    const error = await failure(reached(first, { destination: 'no-such-host.invalid' }));
    expect(error).toMatchObject({ code: 'target-not-reached' });
    expect(error.message).toMatch(/resolve|not known/);
  });

  test('is given up after the limit when it is silent', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await failure(reached(first, { port }), 1500);
    expect(error).toMatchObject({ code: 'target-not-reached' });
    silent.close();
  });
});

test('a host key that changed is not accepted, whatever else is right', async () => {
  await second.down();
  second.changeHostKey();
  await second.up();
  const error = await failure(second.target);
  expect(error).toMatchObject({ code: 'target-host-key' });
  expect(error.hint).toContain('ssh-keygen -R');
});

test('a host key that was never seen is not accepted by itself', async () => {
  const empty = join(sshd.directory, 'nobody known');
  writeFileSync(empty, '');
  expect(await failure(reached(first, { knownHosts: empty }))).toMatchObject({ code: 'target-host-key' });
  expect(readFileSync(empty, 'utf8')).toBe('');
});

test('a refused key is told as such', async () => {
  const error = await failure(reached(first, { destination: 'somebody-else@host1' }));
  expect(error).toMatchObject({ code: 'target-login-refused' });
  expect(error.message).toMatch(/Permission denied/);
});

test('a destination can be no option of ssh', async () => {
  const planted = join(sshd.directory, 'planted');
  await failure(reached(first, { destination: `-oProxyCommand=touch ${planted}` }));
  expect(existsSync(planted)).toBe(false);
});

describe.each([
  ['an account that may not have a shell', 'echo This account is currently not available.; exit 1'],
  ['a program that ends at once', '/bin/false'],
  ['a command that is not there', '/no/such/shell'],
])('%s', (_name, forced) => {
  test('gives no shell, and says so', async () => {
    const other = await startSshd({ settings: [`ForceCommand ${forced}`] });
    try {
      expect(await failure((other.hosts[0] as TestHost).target)).toMatchObject({ code: 'target-no-shell' });
    } finally {
      await other.stop();
    }
  });
});

test('a login that talks, on both streams, disturbs nothing', async () => {
  const other = await startSshd({
    settings: ['ForceCommand echo Welcome; echo beware >&2; printf "no end of line"; exec sh'],
  });
  try {
    const session = await connect((other.hosts[0] as TestHost).target, { signal });
    const done = await perform(session, `${newRun()}/s1`, 'echo out; echo err >&2');
    expect([done.output.stdout, done.output.stderr]).toEqual(['out\n', 'err\n']);
    await session.close();
  } finally {
    await other.stop();
  }
});

describe('the place for markers', () => {
  test('that cannot be made is named, with why; nothing is started', async () => {
    const other = await startSshd();
    const [host] = other.hosts as [TestHost];
    try {
      mkdirSync(host.runs, { recursive: true });
      const session = await connect(host.target, { signal });
      rmSync(host.runs, { recursive: true });
      writeFileSync(host.runs, 'a file is in the way');
      const effect = join(host.room, 'effect');
      const working = perform(session, `${newRun()}/s1`, `: >'${effect}'`);
      await expect(working).rejects.toMatchObject({ code: 'target-no-place' });
      await expect(working).rejects.toThrow(/Not a directory|File exists/);
      expect(existsSync(effect)).toBe(false);
      await session.close();
    } finally {
      await other.stop();
    }
  });

  test('is in /var/tmp for an account whose home is not there, and nobody else may look into it', async () => {
    const other = await startSshd();
    const [host] = other.hosts as [TestHost];
    const run = newRun();
    try {
      rmSync(host.home, { recursive: true });
      writeFileSync(host.home, 'no directory');
      const session = await connect(host.target, { signal });
      const done = await perform(session, `${run}/s1`, 'id -u; pwd');
      const [uid, directory] = done.output.stdout.split('\n');
      expect(existsSync(`/var/tmp/holdfast-steps-${uid}/${run}/s1/exit`)).toBe(true);
      expect(directory).toBe('/');
      await session.forget(run);
      expect(existsSync(`/var/tmp/holdfast-steps-${uid}/${run}`)).toBe(false);
      await session.close();
      // Another's markers may be in it: only what is empty is removed.
      const base = `/var/tmp/holdfast-steps-${uid}`;
      if (readdirSync(base).length === 0) rmdirSync(base);
    } finally {
      rmSync(host.home, { force: true });
      await other.stop();
    }
  });
});

test('bash is missed only by steps that want it', async () => {
  // A PATH on which there is all that is needed but bash.
  const other = await startSshd({ shell: 'busybox', settings: [] });
  const [host] = other.hosts as [TestHost];
  const bin = join(other.directory, 'bin');
  try {
    for (const name of [
      'cat',
      'mkdir',
      'setsid',
      'tail',
      'head',
      'rm',
      'grep',
      'tee',
      'date',
      'uname',
      'id',
      'rmdir',
    ]) {
      symlinkSync('/usr/bin/busybox', join(bin, name));
    }
    chmodSync(bin, 0o755);
    const file = join(other.directory, 'host1', 'sshd_config');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/PATH=\S+/, `PATH=${bin}`));
    await host.down();
    await host.up();
    const session = await connect(host.target, { signal });
    const plain = await perform(session, `${newRun()}/s1`, 'echo plain');
    expect(plain.output.stdout).toBe('plain\n');
    await expect(perform(session, `${newRun()}/s1`, ':', { interpreter: 'bash' })).rejects.toMatchObject({
      code: 'target-no-bash',
    });
    await session.close();
  } finally {
    await other.stop();
  }
});

describe('a configuration that shares connections', () => {
  const config = () => join(sshd.directory, 'shared_config');
  const ssh = (...args: string[]) => execFileSync('ssh', ['-F', config(), ...args, 'host1'], { stdio: 'ignore' });
  beforeAll(() => {
    const socket = join(sshd.directory, 'shared');
    const sharing = `ControlMaster auto\n  ControlPath ${socket}-%n\n  ControlPersist 60`;
    writeFileSync(
      config(),
      readFileSync(sshd.config, 'utf8').replaceAll(
        /StrictHostKeyChecking yes/g,
        `StrictHostKeyChecking yes\n  ${sharing}`,
      ),
    );
  });

  test('lends the connection that is there, and it outlives the session', async () => {
    ssh('-f', '-N');
    try {
      const session = await connect(reached(first, { config: config() }), { signal });
      const done = await perform(session, `${newRun()}/s1`, 'echo shared');
      expect(done.output.stdout).toBe('shared\n');
      expect(first.connections()).toHaveLength(1);
      await session.close();
      expect(() => ssh('-O', 'check')).not.toThrow();
    } finally {
      ssh('-O', 'exit');
    }
  });

  test('is no reason to make one: whoever joined it would be cut off with the run', async () => {
    const session = await connect(reached(first, { config: config() }), { signal });
    expect(() => ssh('-O', 'check')).toThrow();
    await session.close();
  });
});

test('a host behind another is reached through it', async () => {
  const session = await connect(reached(first, { jump: 'host1', destination: 'host1' }), { signal });
  const done = await perform(session, `${newRun()}/s1`, 'echo behind');
  expect(done.output.stdout).toBe('behind\n');
  await session.close();
});

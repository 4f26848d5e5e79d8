import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../src/process/path.ts';
import { connect, sameIdentity } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/types.ts';
import { startContainers, type TestContainers } from '../services/containers.ts';
import { keepsTheContract } from './contract.ts';
import { newRun, perform } from './observed.ts';

const signal = new AbortController().signal;

const docker = (container: string): Target => ({
  name: 'web',
  kind: 'docker',
  identity: {},
  live: true,
  address: { kind: 'docker', container, program: 'docker' },
});
const pod = (name: string, more: { readonly context?: string; readonly container?: string } = {}): Target => ({
  name: 'pod',
  kind: 'kubernetes',
  identity: {},
  live: true,
  address: { kind: 'kubernetes', pod: name, ...more },
});

// Before anything stands in for them.
const real = { docker: findProgram('docker'), kubectl: findProgram('kubectl') };

describe.skipIf(real.docker === undefined)('the real docker', () => {
  test('without its daemon is a target that does not answer', async () => {
    process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock';
    try {
      await expect(connect(docker('web'), { signal })).rejects.toMatchObject({ code: 'target-not-reached' });
    } finally {
      delete process.env.DOCKER_HOST;
    }
  });
});

describe.skipIf(real.kubectl === undefined)('the real kubectl', () => {
  test('without a cluster is a target that does not answer', async () => {
    process.env.KUBECONFIG = '/nowhere/config';
    try {
      await expect(connect(pod('web-0'), { signal })).rejects.toMatchObject({ code: 'target-not-reached' });
    } finally {
      delete process.env.KUBECONFIG;
    }
  });
});

describe.each([
  ['a container', () => docker('web')],
  ['a pod', () => pod('web-0', { container: 'app' })],
])('%s', (_name, target) => {
  keepsTheContract(async () => {
    const containers = startContainers();
    const { room, runs } = containers;
    return { target: target(), room, runs, stop: async () => containers.stop() };
  });
});

describe('stand-ins', () => {
  let containers: TestContainers;
  beforeAll(() => {
    containers = startContainers();
  });
  afterAll(() => containers?.stop());

  test('a container is known by its id, or by what people write down of it', async () => {
    const session = await connect(docker('web'), { signal });
    const found = await session.identify();
    expect(found).toMatchObject({ container: containers.id, 'host-name': 'web' });
    expect(sameIdentity({ container: containers.id.slice(0, 12) }, found)).toEqual([]);
    expect(sameIdentity({ container: 'deadbeef0123' }, found)).toHaveLength(1);
    await session.close();
  });

  test('a pod is known by its context and its cluster', async () => {
    const session = await connect(pod('web-0'), { signal });
    expect(await session.identify()).toMatchObject({ context: 'production', cluster: containers.clusterId });
    await session.close();
    const named = await connect(pod('web-0', { context: 'staging' }), { signal });
    expect(await named.identify()).toMatchObject({ context: 'staging' });
    await named.close();
  });

  test.each([
    ['a container that is not there', docker('gone'), 'target-no-container', /No such container/],
    ['a container that has ended', docker('old'), 'target-no-container', /is not running/],
    ['a container without a shell', docker('bare'), 'target-no-shell', /executable file not found/],
    ['a pod that is not there', pod('gone-0'), 'target-no-container', /not found/],
    [
      'a container that its pod does not have',
      pod('web-0', { container: 'other' }),
      'target-no-container',
      /not valid/,
    ],
    ['a pod that one may not enter', pod('secret-0'), 'target-login-refused', /forbidden/],
  ])('%s is told as such', async (_name, target, code, message) => {
    const connecting = connect(target, { signal });
    await expect(connecting).rejects.toMatchObject({ code });
    await expect(connecting).rejects.toThrow(message);
  });

  test('a step that fills the disk ends as it ended: room for that was taken before it began', async () => {
    const session = await connect(docker('full'), { signal });
    const marker = `${newRun()}/s1`;
    const done = await perform(session, marker, 'head -c 100000 /dev/zero >~/fill 2>/dev/null; exit 3');
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 3 });
    expect(await session.probe(marker)).toEqual({ state: 'finished', exitCode: 3 });
    await session.close();
  });

  test('a step that says more than the disk can keep goes on to its end, and it is said that its output is not whole', async () => {
    const session = await connect(docker('full'), { signal });
    const script = 'head -c 100000 /dev/zero; printf "x%.0s" $(seq 20000) >&2; exit 3';
    const done = await perform(session, `${newRun()}/s1`, script);
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 3, outputCut: true });
    expect(done.stdoutBytes).toBeLessThan(100_000);
    await session.close();
    const roomy = await connect(docker('full'), { signal });
    expect((await perform(roomy, `${newRun()}/s1`, 'echo whole')).outputCut).toBeUndefined();
    await roomy.close();
  });

  test('a disk that is full is told before anything starts', async () => {
    const session = await connect(docker('full'), { signal });
    const effect = join(containers.room, 'effect');
    await perform(session, `${newRun()}/fill`, 'head -c 100000 /dev/zero >~/fill 2>/dev/null; :');
    const working = perform(session, `${newRun()}/s1`, `: >'${effect}'; # ${'x'.repeat(20_000)}`);
    await expect(working).rejects.toMatchObject({ code: 'target-no-place' });
    await expect(working).rejects.toThrow(/No space left/);
    expect(existsSync(effect)).toBe(false);
    await session.close();
  });
});

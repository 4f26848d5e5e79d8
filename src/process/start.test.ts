import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { processEntry } from './listing.ts';
import { start } from './start.ts';
import type { Command, Service } from './types.ts';

const linux = process.platform === 'linux';

const server: Command = {
  program: 'sh',
  args: ['-c', 'trap "echo stopping; exit 7" INT; sleep 300 & echo ready; while :; do sleep 0.02; done'],
};

/** Starts it and waits for its first line. */
async function ready(command: Command): Promise<Service> {
  let say: (line: string) => void = () => undefined;
  const line = new Promise<string>((resolve) => {
    say = resolve;
  });
  const service = start(command, { onStdoutLine: (text) => say(text) });
  expect(await line).toBe('ready');
  return service;
}

test('stops with the signal that it is asked to stop with, and takes its children along', async () => {
  const service = await ready(server);
  expect(processEntry(service.pid)).toBeDefined();
  const finished = await service.stop('SIGINT', 5000);
  expect(finished).toMatchObject({ exitCode: 7, stdout: 'ready\nstopping\n', timedOut: false, cancelled: false });
  expect(processEntry(service.pid)).toBeUndefined();
});

test.runIf(linux)('the signal reaches the server inside of its sandbox', async () => {
  const service = await ready({ ...server, sandbox: { network: false, readable: {}, writable: {} } });
  expect(await service.stop('SIGINT', 5000)).toMatchObject({ exitCode: 7, stdout: 'ready\nstopping\n' });
});

test('kills a server that does not stop in time', async () => {
  const service = await ready({ ...server, args: ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.02; done'] });
  expect(await service.stop('SIGTERM', 100)).toMatchObject({ signal: 'SIGKILL' });
});

test('stopping twice, or after it ended, gives the same end', async () => {
  const service = await ready({ ...server, args: ['-c', 'echo ready; exit 4'] });
  expect(await service.exited).toMatchObject({ exitCode: 4 });
  expect(await service.stop('SIGTERM', 100)).toMatchObject({ exitCode: 4 });
});

test('keeps what a server said last', async () => {
  const service = start({ program: 'sh', args: ['-c', 'yes 0123456789 | head -n 100000; echo the end'] });
  const finished = await service.exited;
  expect(finished.stdout.endsWith('0123456789\nthe end\n')).toBe(true);
  expect(Buffer.byteLength(finished.stdout) + finished.dropped).toBe(1_100_008);
});

test('a program that does not exist is an error at once', () => {
  expect(() => start({ program: 'no-such-program', args: [] })).toThrow('no-such-program');
});

test.runIf(linux).each([
  ['as it is', {}],
  ['in a sandbox', { sandbox: { network: false, readable: {}, writable: {} } }],
])('a server dies with Holdfast when Holdfast is killed with SIGKILL: %s', async (_, options) => {
  const script = `
    import { start } from ${JSON.stringify(join(import.meta.dirname, 'start.ts'))};
    const service = start({ program: 'sh', args: ['-c', 'echo ready; exec sleep 300'], ...${JSON.stringify(options)} },
      { onStdoutLine: () => console.log(service.pid) });`;
  const holdfast = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(holdfast.stdout), 'line')) as [string];
  const pid = Number(line);
  expect(processEntry(pid)).toBeDefined();
  holdfast.kill('SIGKILL');
  await expect.poll(() => processEntry(pid), { timeout: 5000, interval: 10 }).toBeUndefined();
});

test('a service that was stopped leaves no timer that keeps Holdfast awake', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  const service = start({ program: 'sleep', args: ['60'] });
  await service.stop('SIGTERM', 30_000);
  expect(timers()).toBe(before);
});

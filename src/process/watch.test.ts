import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { environmentHolds, livingProcesses } from './listing.ts';

const linux = process.platform === 'linux';

/** A program that runs Holdfast's own `run`, to be killed. */
function holdfast(script: string): ChildProcessByStdio<null, Readable, null> {
  const code = `import { run } from ${JSON.stringify(join(import.meta.dirname, 'run.ts'))};\n${script}`;
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Everything that was started with this text in its environment, as process numbers. */
function carrying(text: string): number[] {
  return livingProcesses()
    .filter(({ pid }) => environmentHolds(pid, text))
    .map(({ pid }) => pid);
}

test.runIf(linux)('when Holdfast is killed, nothing that it started goes on, wherever it went', async () => {
  const token = randomBytes(8).toString('hex');
  const child = holdfast(`
    const left = 'trap "" TERM HUP; setsid sh -c "sleep 300 & sleep 300" & sleep 300 & echo ready; exec sleep 300';
    const options = { signal: new AbortController().signal, timeoutMs: 60_000, onStdoutLine: console.log };
    await run({ program: 'sh', args: ['-c', left], env: { TOKEN: '${token}' } }, options);`);
  await once(createInterface(child.stdout), 'line');
  await expect.poll(() => carrying(token).length, { timeout: 5000, interval: 10 }).toBeGreaterThanOrEqual(5);
  child.kill('SIGKILL');
  await expect.poll(() => carrying(token), { timeout: 5000, interval: 10 }).toEqual([]);
});

test.runIf(linux)('when Holdfast is killed while sandboxes are starting, none is left behind', async () => {
  const token = randomBytes(8).toString('hex');
  for (let round = 0; round < 15; round += 1) {
    const child = holdfast(`
      const sandbox = { network: false, readable: {}, writable: {} };
      const command = { program: 'true', args: [], sandbox, env: { TOKEN: '${token}' } };
      const options = { signal: new AbortController().signal, timeoutMs: 60_000 };
      const again = async () => { for (;;) await run(command, options); };
      console.log('ready');
      await Promise.all([again(), again(), again(), again()]);`);
    await once(createInterface(child.stdout), 'line');
    await delay(10 + 40 * Math.random());
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await expect.poll(() => carrying(token), { timeout: 5000, interval: 20 }).toEqual([]);
});

test('the watch keeps nobody awake', async () => {
  const child = holdfast(
    `await run({ program: 'true', args: [] }, { signal: new AbortController().signal, timeoutMs: 60_000 });`,
  );
  expect(await once(child, 'exit')).toEqual([0, null]);
});

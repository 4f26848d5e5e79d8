import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { processEntry } from './listing.ts';

const here = (file: string): string => JSON.stringify(join(import.meta.dirname, file));

/** A small Holdfast: a child that ignores SIGTERM, a scratch directory, a cleanup, and work that ends when it is asked to. */
const program = (work: string): string => `
  import { start } from ${here('start.ts')};
  import { scratch } from ${here('scratch.ts')};
  import { onShutdown, watchShutdown } from ${here('shutdown.ts')};
  const shutdown = watchShutdown();
  const room = await scratch('shutdown');
  onShutdown(() => console.log('first registered, last cleaned'));
  onShutdown(async () => { await new Promise((resolve) => setTimeout(resolve, 50)); console.log('cleaned'); });
  const service = start({ program: 'sh', args: ['-c', 'trap "" TERM INT; echo ready; while :; do sleep 0.1; done'] },
    { onStdoutLine: () => console.log(service.pid + ' ' + room.path) });
  ${work}
  await shutdown.finish();
  process.exit(130);`;

const obedient = "await new Promise((resolve) => shutdown.signal.addEventListener('abort', resolve));";
const stubborn = 'setInterval(() => 0, 1000); await new Promise(() => 0);';

interface Started {
  readonly holdfast: ChildProcessByStdio<null, Readable, null>;
  readonly lines: string[];
  readonly pid: number;
  readonly room: string;
}

async function begin(work: string): Promise<Started> {
  const holdfast = spawn(process.execPath, ['--input-type=module-typescript', '-e', program(work)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface(holdfast.stdout).on('line', (line) => lines.push(line));
  await once(reader, 'line');
  const [pid = '', room = ''] = (lines.shift() ?? '').split(' ');
  expect(processEntry(Number(pid))).toBeDefined();
  expect(existsSync(room)).toBe(true);
  return { holdfast, lines, pid: Number(pid), room };
}

async function end({ holdfast, pid, room }: Started): Promise<number | null> {
  if (holdfast.exitCode === null) await once(holdfast, 'close');
  await expect.poll(() => processEntry(pid), { timeout: 3000, interval: 10 }).toBeUndefined();
  expect(existsSync(room)).toBe(false);
  return holdfast.exitCode;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the work, runs the cleanups, and leaves nothing',
  async (signal) => {
    const started = await begin(obedient);
    started.holdfast.kill(signal);
    expect(await end(started)).toBe(130);
    expect(started.lines).toEqual(['cleaned', 'first registered, last cleaned']);
  },
);

test('a second Ctrl-C ends at once what does not listen, and leaves nothing either', async () => {
  const started = await begin(stubborn);
  started.holdfast.kill('SIGINT');
  // Signals of the same kind merge while one is pending: ask until it is gone.
  const again = setInterval(() => started.holdfast.kill('SIGINT'), 50);
  expect(await end(started)).toBe(130);
  clearInterval(again);
  expect(started.lines).toEqual([]);
});

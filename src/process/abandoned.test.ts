import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { untilAbandoned } from './abandoned.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hf-busy-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const signal = new AbortController().signal;
const sleeper = (...args: string[]) =>
  spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', '--', ...args], { stdio: 'ignore', cwd: '/' });

test('a directory that nobody works in is free at once', async () => {
  await untilAbandoned(directory, signal, 0);
});

test('waits for a process that names it, and goes on when it is gone', async () => {
  const child = sleeper(`--target=${directory}/data`);
  await once(child, 'spawn');
  await expect(untilAbandoned(directory, signal, 100)).rejects.toMatchObject({ code: 'directory-busy' });
  const waiting = untilAbandoned(directory, signal, 20_000);
  child.kill('SIGKILL');
  await waiting;
});

test('waits for a process that works in it', async () => {
  mkdirSync(join(directory, 'pgdata'));
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], {
    stdio: 'ignore',
    cwd: join(directory, 'pgdata'),
  });
  await once(child, 'spawn');
  await expect(untilAbandoned(directory, signal, 100)).rejects.toMatchObject({ code: 'directory-busy' });
  child.kill('SIGKILL');
  await untilAbandoned(directory, signal, 20_000);
});

test('a directory whose name only begins alike is another', async () => {
  const child = sleeper(`${directory}-other`);
  await once(child, 'spawn');
  await untilAbandoned(directory, signal, 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

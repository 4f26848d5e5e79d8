import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accountNamed } from '../src/process/account.ts';
import { processEntry } from '../src/process/listing.ts';
import { run } from '../src/process/run.ts';
import type { Finished } from '../src/process/types.ts';

const root = join(import.meta.dirname, '..');

/** Runs one fixture under the same watch as these tests. */
async function runFixture(name: string): Promise<Finished> {
  const config = join(root, 'test/fixtures/leaks/vitest.config.ts');
  return run(
    {
      program: process.execPath,
      args: [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config, '--configLoader', 'native', name],
      cwd: root,
      account: await accountNamed(userInfo().username),
      env: { NO_COLOR: '1' },
    },
    { signal: new AbortController().signal, timeoutMs: 50_000 },
  );
}

test.concurrent.each([
  ['process', /process \d+: sleep 61\.7/],
  ['daemon', /process \d+: sleep 62\.7/],
  ['directory', /directory \/tmp\/hft-\w+\/holdfast-test-\w+/],
])('a run whose tests leave a %s behind fails and names it', async (name, message) => {
  const finished = await runFixture(`${name}.leak.ts`);
  endLeaked(finished);
  expect(finished.stdout + finished.stderr).toMatch(/1 passed/);
  expect(finished.stdout + finished.stderr).toMatch(message);
  expect(finished.exitCode).not.toBe(0);
});

test('a run whose tests leave nothing behind passes', async () => {
  const finished = await runFixture('nothing.leak.ts');
  expect(finished.stderr).toBe('');
  expect(finished.exitCode).toBe(0);
});

/** `run` itself ends what carries its mark; what does not is ended here, by the number that the watch named. */
function endLeaked(finished: Finished): void {
  for (const [, pid] of finished.stderr.matchAll(/process (\d+): sleep 6\d\.7/g)) {
    if (processEntry(Number(pid)) !== undefined) process.kill(Number(pid), 'SIGKILL');
  }
}

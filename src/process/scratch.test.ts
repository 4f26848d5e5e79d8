import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childAccountNow } from './account.ts';
import { run } from './run.ts';
import { removeTree, scratch, sweepScratch } from './scratch.ts';

const never = new AbortController().signal;

test('a scratch directory belongs to its account alone and is gone when removed', async () => {
  const account = childAccountNow();
  const made = await scratch('test', { account });
  expect(lstatSync(made.path)).toMatchObject({ uid: account.uid, gid: account.gid, mode: 0o40700 });
  const touched = await run({ program: 'touch', args: [join(made.path, 'file')] }, { signal: never, timeoutMs: 5000 });
  expect(touched).toMatchObject({ ok: true, stderr: '' });
  await made.remove();
  await made.remove();
  expect(existsSync(made.path)).toBe(false);
});

test('a short one leaves room for the path of a socket', async () => {
  const made = await scratch('socket', { short: true });
  expect(made.path.startsWith('/tmp/')).toBe(true);
  expect(Buffer.byteLength(join(made.path, '.s.PGSQL.65535.lock'))).toBeLessThan(104);
  await made.remove();
});

test('removing a tree takes what its owner made unreadable, and follows no link', async () => {
  const outside = await scratch('outside');
  writeFileSync(join(outside.path, 'kept'), 'kept');
  const made = await scratch('tree');
  mkdirSync(join(made.path, 'a/b'), { recursive: true });
  writeFileSync(join(made.path, 'a/b/file'), 'x');
  symlinkSync(outside.path, join(made.path, 'a/link'));
  chmodSync(join(made.path, 'a/b'), 0o000);
  chmodSync(join(made.path, 'a'), 0o500);
  await removeTree(made.path);
  expect(existsSync(made.path)).toBe(false);
  expect(existsSync(join(outside.path, 'kept'))).toBe(true);
  await made.remove();
  await outside.remove();
});

const module = JSON.stringify(join(import.meta.dirname, 'scratch.ts'));

/** A process that makes a scratch directory, prints its path, and ends in its own way. */
function otherProcess(ending: string): string {
  const script = `import { scratch } from ${module}; console.log((await scratch('other')).path); ${ending}`;
  const ended = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  return ended.stdout.trim();
}

test('what a process did not remove goes when it exits', () => {
  expect(existsSync(otherProcess('process.exit(3)'))).toBe(false);
});

test('the first scratch directory of a process sweeps away what a killed one left', () => {
  const left = otherProcess(
    `process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => 0, 1000));`,
  );
  otherProcess('');
  expect(existsSync(left)).toBe(false);
});

test('sweeping removes what a killed process left, and nothing of the living or of others', async () => {
  const own = await scratch('own');
  const left = otherProcess(
    `process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => 0, 1000));`,
  );
  expect(existsSync(left)).toBe(true);
  const foreign = mkdtempSync(join(tmpdir(), 'holdfast-foreign-'));
  const removed = await sweepScratch();
  expect(removed).toContain(left);
  expect(existsSync(left)).toBe(false);
  expect(existsSync(own.path)).toBe(true);
  expect(existsSync(foreign)).toBe(true);
  await own.remove();
  await removeTree(foreign);
});

test.runIf(process.getuid?.() === 0)('sweeping leaves alone what another user named like ours', async () => {
  const own = await scratch('own');
  const [, namespace] = /-([a-z0-9]+)-[A-Za-z0-9]{6}$/.exec(own.path) ?? [];
  const planted = join(tmpdir(), `holdfast-planted-1-1-${namespace}-abcdef`);
  mkdirSync(planted);
  chownSync(planted, 12_345, 12_345);
  expect(await sweepScratch()).not.toContain(planted);
  expect(existsSync(planted)).toBe(true);
  chownSync(planted, 0, 0);
  expect(await sweepScratch()).toContain(planted);
  await own.remove();
});

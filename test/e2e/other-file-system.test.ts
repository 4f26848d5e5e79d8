import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGatesOf, startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';

/** Linux has a second file system that anybody may write. */
const here = '/var/tmp';
const there = '/dev/shm';
let directory: string;
let target: string;

const differs = (): boolean => {
  try {
    return lstatSync(here).dev !== lstatSync(there).dev;
  } catch {
    return false;
  }
};

beforeAll(() => {
  directory = mkdtempSync(join(here, 'hf-fs-'));
  chmodSync(directory, 0o711);
  if (!differs()) return;
  target = mkdtempSync(join(there, 'hf-fs-'));
  chmodSync(target, 0o755);
  mkdirSync(join(target, 'uploads', '사진'), { recursive: true });
  writeFileSync(join(target, 'uploads', '사진', 'x.txt'), 'content');
  writeFileSync(join(target, 'uploads', 'tool'), '#!/bin/sh\n', { mode: 0o755 });
  symlinkSync('tool', join(target, 'uploads', 'link'));
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', '1234:1234', join(target, 'uploads', '사진')]);
  mkdirSync(join(directory, 'store'));
  chmodSync(join(directory, 'store'), 0o777);
  writeFileSync(join(directory, 'password'), 'a password of the test\n', { mode: 0o600 });
  writeFileSync(
    join(directory, 'holdfast.yaml'),
    `site: files
stores: { local: { path: store, password: { file: password } } }
assets:
  uploads:
    files: { paths: [${join(target, 'uploads')}] }
    objectives: { rpo: 1d, rto: 1h }
    copies: [local]
`,
  );
});
afterAll(() => {
  removeDirectory(directory);
  if (target !== undefined) removeDirectory(target);
});

test.skipIf(!differs())('files come back whole onto another file system, with owner, mode and links', async () => {
  const places = ['--site', join(directory, 'holdfast.yaml'), '--data', join(directory, 'holdfast')];
  await openGatesOf((...args) => startHoldfast([...args, ...places]).ended);
  expect((await startHoldfast(['protect', ...places]).ended).code).toBe(0);
  const before = execFileSync('find', [join(target, 'uploads'), '-printf', '%P %U %m %l %T@\n'], { encoding: 'utf8' });
  rmSync(join(target, 'uploads'), { recursive: true });
  const recovered = await startHoldfast(['recover', '--json', ...places]).ended;
  expect(JSON.parse(recovered.stdout).outcome?.verdict ?? recovered.stdout).toBe('PROVEN');
  const after = execFileSync('find', [join(target, 'uploads'), '-printf', '%P %U %m %l %T@\n'], { encoding: 'utf8' });
  expect(after.split('\n').sort()).toEqual(before.split('\n').sort());
  expect(readFileSync(join(target, 'uploads', '사진', 'x.txt'), 'utf8')).toBe('content');
  expect(execFileSync('ls', ['-A', target], { encoding: 'utf8' }).trim()).toBe('uploads');
});

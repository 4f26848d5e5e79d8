import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProgram } from '../src/process/path.ts';

const launcher = join(import.meta.dirname, '../holdfast');

/** What the launcher itself calls; the programs that Holdfast drives are added by each test. */
const basics = [
  'bash',
  'cmp',
  'cp',
  'touch',
  'readlink',
  'ln',
  'rm',
  'mv',
  'ps',
  'uname',
  'id',
  'mktemp',
  'sleep',
  'head',
  'tail',
  'sed',
  'sh',
  'cat',
];

let room: string;
let tree: string;
let bin: string;

/** A source tree whose npm, Node and main.ts only say that they were called. */
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'hf-launcher-'));
  tree = join(room, 'tree');
  bin = join(room, 'bin');
  mkdirSync(tree);
  mkdirSync(bin);
  copyFileSync(launcher, join(tree, 'holdfast'));
  writeFileSync(join(tree, 'package-lock.json'), '{"lock": 1}');
  for (const name of basics) symlinkSync(findProgram(name) ?? '/none', join(bin, name));
  fake('node', 'echo 22.1.0');
  fake(
    'npm',
    'PATH=/usr/bin:/bin; echo "npm $*" >> npm-was-called; sleep 0.2; mkdir -p node_modules/node/bin; printf \'#!/bin/sh\\necho "node $*"\\n\' > node_modules/node/bin/node; chmod +x node_modules/node/bin/node',
  );
});

afterEach(() => rmSync(room, { recursive: true, force: true }));

function fake(name: string, script: string): void {
  rmSync(join(bin, name), { force: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

const environment = () => ({ PATH: bin, HOME: room, TMPDIR: room });

function holdfast(args: readonly string[], command = join(tree, 'holdfast')) {
  return spawnSync(command, args, { encoding: 'utf8', env: environment(), cwd: room });
}

const calls = (): string[] => readFileSync(join(tree, 'npm-was-called'), 'utf8').trim().split('\n');

test('installs packages once, then starts Holdfast under its own Node with the arguments as they are', () => {
  const first = holdfast(['runs', 'list', '--site', 'a b']);
  expect(first.stdout).toBe(
    `node --disable-warning=ExperimentalWarning --min-semi-space-size=16 ${tree}/src/main.ts runs list --site a b\n`,
  );
  expect(first.stderr).toContain('Installing npm packages');
  const second = holdfast(['--help']);
  expect(second).toMatchObject({ status: 0, stderr: '' });
  expect(calls()).toEqual([
    'npm ci --include=dev --include=optional --no-audit --no-fund --no-progress --loglevel=error',
  ]);
});

test('installs again when the lock file changed, and not when only its time did', () => {
  holdfast(['--help']);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(tree, 'package-lock.json'), later, later);
  holdfast(['--help']);
  expect(calls()).toHaveLength(1);
  writeFileSync(join(tree, 'package-lock.json'), '{"lock": 2}');
  utimesSync(join(tree, 'package-lock.json'), later, later);
  holdfast(['--help']);
  expect(calls()).toHaveLength(2);
});

test('works through links, from anywhere', () => {
  symlinkSync(join(tree, 'holdfast'), join(room, 'absolute'));
  mkdirSync(join(room, 'deep'));
  symlinkSync('../absolute', join(room, 'deep/relative'));
  expect(holdfast(['x'], join(room, 'deep/relative')).stdout).toContain(`${tree}/src/main.ts x`);
});

test('two first starts at once install once, and both start', async () => {
  const starts = [1, 2, 3].map((number) =>
    spawn(join(tree, 'holdfast'), [`start-${number}`], { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const outputs = await Promise.all(
    starts.map(async (child) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      await once(child, 'close');
      return text;
    }),
  );
  for (const [index, output] of outputs.entries()) expect(output).toContain(`main.ts start-${index + 1}`);
  expect(calls()).toHaveLength(1);
  expect(existsSync(join(tree, '.setup-lock'))).toBe(false);
});

test('the lock of a start that was killed is taken over', () => {
  const dead = spawnSync('true').pid;
  symlinkSync(String(dead), join(tree, '.setup-lock'));
  expect(holdfast(['--help']).status).toBe(0);
  expect(existsSync(join(tree, '.setup-lock'))).toBe(false);
});

test.each([
  ['no node', () => rmSync(join(bin, 'node')), 'Node.js was not found'],
  ['an old node', () => fake('node', 'echo 18.20.4'), 'Node 18.20.4 is too old'],
  ['no npm', () => rmSync(join(bin, 'npm')), 'npm was not found'],
  ['an npm that fails', () => fake('npm', 'echo "npm error code EUSAGE"; exit 1'), 'npm error code EUSAGE'],
])('%s is a clear error with exit code 6', (_, breakIt, message) => {
  breakIt();
  const ended = holdfast(['--help']);
  expect(ended).toMatchObject({ status: 6, stdout: '' });
  expect(ended.stderr).toContain(message);
  expect(existsSync(join(tree, '.setup-lock'))).toBe(false);
});

test.each(['demo', 'protect', 'drill', 'recover', '--prepare'])(
  '%s needs the programs: what lacks is named with the one command that installs it',
  (word) => {
    holdfast(['--help']);
    const ended = holdfast([word]);
    expect(ended).toMatchObject({ status: 6, stdout: '' });
    expect(ended.stderr).toMatch(/missing:.* restic/);
    expect(ended.stderr).toMatch(/Install them with\n {4}\S.*restic/);
  },
);

test.each([['doctor'], ['drill', '--help'], ['--version']])('%j needs no programs', (...words) => {
  expect(holdfast(words)).toMatchObject({ status: 0 });
});

test('a program that was removed is noticed at the next start', () => {
  for (const name of ['restic', 'bwrap', 'setpriv', 'postgres', 'initdb', 'pg_dump']) fake(name, 'exit 0');
  expect(holdfast(['drill'])).toMatchObject({ status: 0 });
  rmSync(join(bin, 'restic'));
  expect(holdfast(['drill']).stderr).toContain('missing: restic');
});

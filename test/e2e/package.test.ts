import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where it is packed, installed and run. Others may pass through: the demo's server is not root's. */
let place: string;
let installed: string;

beforeAll(() => {
  place = mkdtempSync('/var/tmp/hf-package-');
  chmodSync(place, 0o755);
  // A copy, so that the build does not change the tree that other tests read.
  const source = join(place, 'source');
  const left = new Set(['node_modules', '.git', 'dist']);
  for (const name of readdirSync(root)) {
    if (!left.has(name)) cpSync(join(root, name), join(source, name), { recursive: true });
  }
  execFileSync('ln', ['-s', join(root, 'node_modules'), join(source, 'node_modules')]);
  npm(source, 'pack', '--silent', '--pack-destination', place);
  const tarball = readdirSync(place).find((name) => name.endsWith('.tgz')) ?? '';
  npm(place, 'install', '--global', '--prefix', join(place, 'prefix'), '--no-audit', '--no-fund', join(place, tarball));
  installed = join(place, 'prefix', 'bin', 'holdfast');
}, 300_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', args, {
    cwd,
    env: { ...process.env, NODE_COMPILE_CACHE: join(place, 'cache') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function holdfast(...args: string[]): string {
  const env = { PATH: process.env.PATH ?? '', HOME: place, NODE_COMPILE_CACHE: join(place, 'cache'), NO_COLOR: '1' };
  return execFileSync(installed, args, {
    cwd: place,
    encoding: 'utf8',
    env,
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test('the package installed from its tarball tells its version and its commands', () => {
  expect(holdfast('--version').trim()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(holdfast('--help')).toContain('recover');
});

test('the package installed from its tarball does the main job', () => {
  const story = JSON.parse(holdfast('demo', '--scale', '0.003', '--directory', join(place, 'demo'), '--json'));
  expect(story.recovery.outcome.verdict).toBe('PROVEN');
  expect(story.negativeControl.outcome.verdict).toBe('FAILED');
}, 240_000);

test('the package holds neither tests nor sources', () => {
  const files = execFileSync(
    'find',
    [
      join(place, 'prefix', 'lib', 'node_modules', 'holdfast'),
      '-path',
      '*/node_modules/holdfast/node_modules',
      '-prune',
      '-o',
      '-type',
      'f',
      '-print',
    ],
    { encoding: 'utf8' },
  );
  expect(files).not.toMatch(/\.test\.js|\.ts$/m);
  expect(files).toMatch(/LICENSE/);
});

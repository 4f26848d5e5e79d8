import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'hf-house-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) cpSync(join(root, file), join(house, file));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

function cruise(files: Readonly<Record<string, string>>): { status: number | null; stdout: string } {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), content);
  }
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      'src',
      '--config',
      '.dependency-cruiser.cjs',
    ],
    { cwd: house, encoding: 'utf8' },
  );
  return { status, stdout };
}

test('imports that go down are allowed, and files are really read', () => {
  const { status, stdout } = cruise({
    'src/errors/b.ts': "import { a } from '../lib/a.ts';\nexport const b = a;\n",
    'src/lib/a.ts': 'export const a = 1;\n',
  });
  expect(stdout).toMatch(/2 modules, 1 dependencies cruised/);
  expect(status).toBe(0);
});

test('an import that goes up is an error, also one of types alone', () => {
  const { status, stdout } = cruise({
    'src/lib/a.ts': "import type { B } from '../errors/b.ts';\nexport const a: B = 1;\n",
    'src/errors/b.ts': 'export type B = number;\n',
  });
  expect(stdout).toContain('lib-imports-down');
  expect(status).not.toBe(0);
});

test('engines do not know each other, and nobody reaches into one but its api', () => {
  const { stdout } = cruise({
    'src/engines/restic/x.ts': "import { y } from '../pg-dump/y.ts';\nexport const x = y;\n",
    'src/engines/pg-dump/y.ts': 'export const y = 1;\n',
    'src/drills/z.ts': "import { y } from '../engines/pg-dump/y.ts';\nexport const z = y;\n",
  });
  expect(stdout).toContain('engines-do-not-know-each-other');
  expect(stdout).toContain('engines-are-reached-through-api');
});

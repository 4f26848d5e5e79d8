import { chmodSync, copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let directory: string;

beforeAll(() => {
  directory = mkdtempSync('/tmp/hf-readme-');
  // The private PostgreSQL of the records is not root's.
  chmodSync(directory, 0o711);
});

afterAll(() => removeDirectory(directory));

test('the plan in README is what the plan of that runbook says', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown = /^\$ holdfast (runbook run (\S+) .*)\n([\s\S]*?)^\.\.\.$/m.exec(readme);
  const [, command = '', name = '', plan = ''] = shown ?? [];
  const file = join(directory, name);
  copyFileSync(join(root, 'docs', 'examples', name), file);
  const words = command.split(' ').map((word) => (word === name ? file : word));
  const { code, stdout, stderr } = await startHoldfast([...words, '--data', join(directory, 'data')]).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(plan.length).toBeGreaterThan(500);
  expect(stdout.replace(file, name).startsWith(plan), `README says\n${plan}\nand it is\n${stdout}`).toBe(true);
});

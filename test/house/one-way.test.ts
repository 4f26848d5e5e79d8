import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/**
 * There is one way for everything that acts: through a step, which asks its gate. Here it is told from the text which files may use
 * what acts; a new one has to be entered, and so be looked at.
 */
const src = fileURLToPath(new URL('../../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

/** Files that import a value (not a type) from a module; `name` only where they take this very thing. */
function importers(module: string, name?: string): string[] {
  const from = module.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const fixed = new RegExp(`import (?!type )([^;]*?) from '[^']*/?${from}'`, 'g');
  const late = new RegExp(`import\\('[^']*/?${from}'\\)`);
  return files
    .filter(({ text }) => {
      const taken = [...text.matchAll(fixed)].map(([, names]) => (names ?? '').replaceAll(/type \w+/g, ''));
      const wanted =
        name === undefined ? taken.length > 0 : taken.some((names) => new RegExp(`\\b${name}\\b`).test(names));
      return wanted || (late.test(text) && (name === undefined || new RegExp(`\\b${name}\\b[^;]*=`).test(text)));
    })
    .map(({ file }) => relative('.', file))
    .sort();
}

test('the text is really read', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(importers('gates/ask.ts')).toContain('execution/admit.ts');
});

test('a step is performed in one place, which lets it in by one decision', () => {
  expect(importers('perform-step.ts', 'performStep')).toEqual(['execution/live-run.ts']);
  expect(importers('admit.ts', 'admit')).toEqual(['execution/perform-step.ts']);
  expect(importers('decide.ts', 'decide')).toEqual(['execution/admit.ts', 'gates/ask.ts']);
  expect(importers('authorize.ts', 'authorize')).toEqual(['gates/decide.ts']);
});

test('what is no durable run asks the gate by itself, and there is little of it', () => {
  expect(importers('gates/ask.ts', 'askGate').filter((file) => !file.startsWith('operations/target'))).toEqual([
    'operations/closed-gates.ts',
    'operations/points.ts',
    'operations/watch.ts',
  ]);
});

test('targets are reached by the steps of procedures, and by operations that identify them', () => {
  const connecting = [...importers('targets/index.ts', 'connect'), ...importers('targets/session.ts', 'connect')];
  const outside = connecting.filter((file) => !file.startsWith('targets/') && !file.startsWith('operations/target'));
  expect(outside).toEqual(['procedures/sessions.ts']);
});

test('operations and faces start no programs, but for the one that prints a secret', () => {
  const starting = ['process/run.ts', 'process/start.ts', 'process/child.ts'].flatMap((module) => importers(module));
  expect(starting.filter((file) => /^(operations|faces)\//.test(file))).toEqual(['operations/open-services.ts']);
  const own = files.filter(({ text }) => /from 'node:child_process'/.test(text)).map(({ file }) => file);
  expect(own.filter((file) => !/^(process|store\/private)\//.test(file))).toEqual([]);
});

test('openings, approvals and policies are written by the room of gates alone', () => {
  const tables =
    /\b(?:insert into|update|delete from) (?:openings|approvals|approval_votes|authority|authority_proposals)\b/;
  expect(
    files.filter(({ file, text }) => tables.test(text) && !file.startsWith('gates/')).map(({ file }) => file),
  ).toEqual([]);
});

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { engines } from './api.ts';

test('every folder of engines is in the registry, and nothing else is', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(Object.keys(engines).sort()).toEqual(folders.sort());
  for (const [name, facts] of Object.entries(engines)) expect(facts.name).toBe(name);
});

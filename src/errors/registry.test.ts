import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { registry } from './registry.ts';

test('no code is defined in two areas: one would silently take the place of the other', async () => {
  const directory = fileURLToPath(new URL('./areas/', import.meta.url));
  const codes: string[] = [];
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.ts'))) {
    const area: Record<string, object> = await import(`./areas/${file}`);
    for (const definitions of Object.values(area)) codes.push(...Object.keys(definitions));
  }
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(codes.sort()).toEqual(Object.keys(registry).sort());
});

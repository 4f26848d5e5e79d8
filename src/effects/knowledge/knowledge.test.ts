import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from './api.ts';

const notFamilies = new Set(['api.ts', 'aws-exceptions.ts', 'paths.ts', 'types.ts']);

describe('the knowledge of tools', () => {
  it('has one file for each family of the registry, and no other', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !notFamilies.has(name),
    );
    expect(families.map((family) => `${family.name}.ts`).sort()).toEqual(files.sort());
  });

  it('knows every tool once', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const family of families) {
      for (const tool of family.tools) {
        for (const name of tool.names) {
          const other = seen.get(name);
          if (other !== undefined) twice.push(`${name}: ${other} and ${family.name}`);
          seen.set(name, family.name);
        }
      }
    }
    expect(twice).toEqual([]);
  });

  it('has an example for every tool, which begins with the tool or holds it', () => {
    const without = families.flatMap((family) =>
      family.tools
        .filter((tool) => !tool.examples.some(([command]) => tool.names.some((name) => command.includes(name))))
        .map((tool) => `${family.name}: ${tool.names[0]}`),
    );
    expect(without).toEqual([]);
  });
});

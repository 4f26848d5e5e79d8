import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { siteJsonSchema } from '../config/site-json-schema.ts';
import { type ErrorCode, registry } from '../errors/registry.ts';
import { operations } from '../operations/api.ts';
import { generatedNote } from './docs/markdown.ts';
import { generateDocs } from './docs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let pages: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  pages = await generateDocs();
});

describe('generated pages', () => {
  it('are up to date: `npm run docs` writes them', async () => {
    for (const [path, text] of Object.entries(pages)) expect(await readFile(root + path, 'utf8'), path).toBe(text);
  });

  it('are all the pages that say they are generated', async () => {
    const names = (await readdir(`${root}docs`)).filter((name) => name.endsWith('.md'));
    const marked: string[] = [];
    for (const name of names) {
      if ((await readFile(`${root}docs/${name}`, 'utf8')).includes(generatedNote)) marked.push(`docs/${name}`);
    }
    expect(marked.sort()).toEqual(
      Object.keys(pages)
        .filter((path) => path.endsWith('.md'))
        .sort(),
    );
  });

  it('name every error code, and no other', () => {
    const named = [...(pages['docs/errors.md'] ?? '').matchAll(/^### (.+)$/gm)].map(([, code]) => code);
    expect(named.sort()).toEqual(Object.keys(registry).sort());
  });

  it('name every command, and no other', () => {
    const named = [...(pages['docs/commands.md'] ?? '').matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    expect(named).toEqual(operations.filter(({ faces }) => faces.includes('cli')).map(({ name }) => name));
  });
});

describe('docs/site-file.md', () => {
  it('explains every key of the site file, and no other', async () => {
    const page = await readFile(`${root}docs/site-file.md`, 'utf8');
    const keys = schemaKeys(siteJsonSchema());
    for (const key of keys) expect(page, key).toMatch(new RegExp(`\`${key}\`|\\{ ${key}: `));
    const inTables = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, key]) => key ?? '');
    for (const key of inTables) expect([...keys], key).toContain(key);
  });

  it('has a description in the schema for every key', () => {
    const undescribed = [...properties(siteJsonSchema())].filter(
      ([, schema]) => typeof schema.description !== 'string',
    );
    expect(undescribed.map(([key]) => key)).toEqual([]);
  });
});

describe('errors', () => {
  it('are each raised somewhere', async () => {
    const text = await sourceText();
    const never = Object.keys(registry).filter((code) => !text.includes(`'${code}'`));
    expect(never).toEqual([]);
  });

  it.each(Object.keys(registry) as ErrorCode[])(
    '%s has whole sentences and placeholders that can be filled',
    (code) => {
      const { title, message, why, hint, state } = registry[code];
      expect(title).toMatch(/^[A-Z][^.{}]*$/);
      for (const text of [why, hint, state]) expect(text).toMatch(/^(?:.*[.)]|\{[a-zA-Z]+\})$/s);
      expect(message).toMatch(/\S/);
      for (const [group] of [message, why, hint, state].join('\n').matchAll(/\{[^}]*\}/g))
        expect(group).toMatch(/^\{[a-zA-Z]+\}$/);
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    },
  );

  it('and pages name only commands that exist', async () => {
    const names = new Set([...operations.map(({ name }) => name), 'help']);
    const texts = [JSON.stringify(registry), ...Object.values(pages)];
    const unknown = new Set<string>();
    for (const [, words = ''] of texts.join('\n').matchAll(/`holdfast ([a-z][^`<\\]*)`/g)) {
      const [one = '', two = ''] = words.trim().split(/\s+/);
      if (!names.has(one) && !names.has(`${one} ${two}`)) unknown.add(words);
    }
    expect([...unknown]).toEqual([]);
  });
});

interface Schema {
  readonly description?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
}

function* properties(schema: Schema): Generator<[string, Schema]> {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    yield [key, property];
    yield* properties(property);
  }
  for (const option of schema.anyOf ?? []) yield* properties(option);
  if (schema.items !== undefined) yield* properties(schema.items);
  if (typeof schema.additionalProperties === 'object') yield* properties(schema.additionalProperties as Schema);
}

function schemaKeys(schema: Schema): Set<string> {
  return new Set([...properties(schema)].map(([key]) => key));
}

/** Everything under src/ but the tests and the registry itself. */
async function sourceText(): Promise<string> {
  const names = await readdir(`${root}src`, { recursive: true });
  const files = names.filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('errors/areas/'),
  );
  return (await Promise.all(files.map((name) => readFile(`${root}src/${name}`, 'utf8')))).join('\n');
}

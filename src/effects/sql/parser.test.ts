import { expect, test } from 'vitest';
import { parse, prepareParser } from './parser.ts';

test('nothing parses before the grammar is loaded, and nothing throws', async () => {
  expect(parse('select 1').ok).toBe(false);
  await prepareParser();
  expect(parse('select 1').ok).toBe(true);
});

test('a trap of the grammar is an answer, and after many a fresh instance parses', async () => {
  await prepareParser();
  const deep = `select ${'1+'.repeat(100_000)}1`;
  for (let trap = 0; trap < 12; trap += 1) expect(parse(deep).ok).toBe(false);
  await prepareParser();
  expect(parse('select 1').ok).toBe(true);
});

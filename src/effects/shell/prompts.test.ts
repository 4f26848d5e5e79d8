import { expect, test } from 'vitest';
import { typedOnly } from './prompts.ts';

const tools = new Set(['cd', 'rm', 'ls', 'host', 'df']);
const typed = (text: string) =>
  typedOnly(text, (name) => tools.has(name))
    .split('\n')
    .map((line) => line.trim());

test('of a transcript only what was typed counts', () => {
  expect(typed('$ ls /srv\nold  new\n$ rm -r /srv/old')).toEqual(['ls /srv', '', 'rm -r /srv/old']);
});

test('a command whose prompt was left out is not taken for output', () => {
  expect(typed('$ cd /srv\nrm -rf data')).toEqual(['cd /srv', 'rm -rf data']);
});

test('output that begins like a tool and reads like prose stays output', () => {
  expect(typed('$ ls\nhost is up\nrm: cannot remove x')).toEqual(['ls', '', '']);
});

test('offsets stay', () => {
  const text = '$ ls /자료\n자료 없음\n$ rm -r /자료';
  expect(typedOnly(text, (name) => tools.has(name))).toHaveLength(text.length);
});

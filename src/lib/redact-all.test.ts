import { expect, test } from 'vitest';
import { redactor } from './redact.ts';
import { redactAll } from './redact-all.ts';

const redact = redactor(['planted']);

test.each([
  ['in a text', { why: ['with planted'] }, { why: ['with [redacted]'] }],
  ['by its name', { name: 'DB_PASSWORD', default: 'changeit9' }, { name: 'DB_PASSWORD', default: '[redacted]' }],
  ['by its name, captured', { name: 'TOKEN', value: 'c0ffee99' }, { name: 'TOKEN', value: '[redacted]' }],
  ['by the word before it', ['login', '--token', 'c0ffee99'], ['login', '--token', '[redacted]']],
])('masks what is secret %s', (_how, value, clean) => {
  expect(redactAll(value, redact)).toEqual(clean);
});

test('leaves hashes, numbers and ordinary values as they are', () => {
  const value = { sha256: 'a'.repeat(64), name: 'HOST', value: 'db1', at: 3, of: new Map([['x', true]]) };
  expect(redactAll(value, redact)).toEqual(value);
});

import { expect, test } from 'vitest';
import { sameIdentity } from './identity.ts';

const found = { 'machine-id': '3f0c', 'host-name': 'db1', container: 'c0ffee'.repeat(10) };

test('only what is expected is compared', () => {
  expect(sameIdentity({}, found)).toEqual([]);
  expect(sameIdentity({ 'host-name': 'db1' }, found)).toEqual([]);
});

test('each difference is told in words', () => {
  expect(sameIdentity({ 'machine-id': 'beef', 'host-name': 'db1', cluster: 'x' }, found)).toEqual([
    'machine-id should be beef and is 3f0c',
    'cluster should be x and could not be found out',
  ]);
});

test('a container is known by the twelve digits that people write down, not by fewer', () => {
  expect(sameIdentity({ container: 'c0ffeec0ffee' }, found)).toEqual([]);
  expect(sameIdentity({ container: 'c0ffee' }, found)).toHaveLength(1);
});

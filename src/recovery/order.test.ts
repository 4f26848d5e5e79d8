import { expect, test } from 'vitest';
import { recoveryWaves } from './order.ts';

test('what others need comes back first, and what needs nothing of each other comes back together', () => {
  const waves = recoveryWaves({
    web: { after: ['ledger', 'uploads'] },
    ledger: { after: [] },
    uploads: { after: ['ledger'] },
    wiki: { after: [] },
  });
  expect(waves).toEqual([['ledger', 'wiki'], ['uploads'], ['web']]);
});

test('a dependency that is not being recovered counts as being there', () => {
  expect(recoveryWaves({ uploads: { after: ['ledger'] } })).toEqual([['uploads']]);
});

test('assets that wait for each other are refused, not looped over for ever', () => {
  expect(() => recoveryWaves({ a: { after: ['b'] }, b: { after: ['a'] } })).toThrow('wait for each other');
});

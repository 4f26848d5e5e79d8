import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directoryName, markerWords } from './marker.ts';

test('two names never share a directory, and each is one plain word', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      (one, two) => {
        expect(directoryName(one) === directoryName(two)).toBe(Buffer.from(one).equals(Buffer.from(two)));
        expect(directoryName(one)).toMatch(/^[A-Za-z0-9_+@#%][A-Za-z0-9._+@#%=~-]*$/);
        expect(directoryName(one.repeat(99)).length).toBeLessThanOrEqual(120);
      },
    ),
  );
});

test('ordinary names stay as people know them', () => {
  expect(markerWords('runbook-run-20261120T020003Z-1a2b3c4d/s3.1.db1#2')).toEqual([
    'runbook-run-20261120T020003Z-1a2b3c4d',
    's3.1.db1#2',
  ]);
});

test.each(['', '/', 'run', 'run/', '/step'])('"%s" is no marker', (marker) => {
  expect(() => markerWords(marker)).toThrow(TypeError);
});

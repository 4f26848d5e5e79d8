import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [3400, '3.4 kB'],
    [9994, '10.0 kB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [332_000_000, '332 MB'],
    [1e18, '1000 PB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('is within 5 % of the truth, and never uses an exponent', () => {
    const factors: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        const [number = '', unit = ''] = formatBytes(bytes).split(' ');
        expect(number).toMatch(/^\d+(\.\d)?$/);
        expect(Math.abs(Number(number) * (factors[unit] ?? 0) - bytes)).toBeLessThanOrEqual(bytes * 0.05);
      }),
    );
  });
});

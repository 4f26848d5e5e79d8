import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['1m30s500ms', 90_500],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '15', 'm', '15 m', '-5m', '1y', '1h 30m', '5M', '١m', '1.m', '1e3s'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('refuses what is too long to be a number of milliseconds', () => {
    expect(parseDuration(`${'9'.repeat(400)}w`)).toBeUndefined();
  });

  it('adds up whatever parts there are', () => {
    const part = fc.tuple(fc.nat({ max: 999 }), fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w'));
    const factors: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const total = parts.reduce((sum, [amount, unit]) => sum + amount * (factors[unit] ?? 0), 0);
        expect(parseDuration(parts.map(([amount, unit]) => `${amount}${unit}`).join(''))).toBe(total);
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [820, '820 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [20_500, '20.5 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min'],
    [184_000, '3 min 4 s'],
    [3_599_600, '1 h'],
    [50_700_000, '14 h 5 min'],
    [86_399_999, '1 day'],
    [525_600_000, '6 days 2 h'],
    [-20_500, '-20.5 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('never shows sixty of a unit, nor a part larger than its whole', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e10, noNaN: true }), (milliseconds) => {
        expect(formatDuration(milliseconds)).not.toMatch(/\b(60(\.0)? s|60 min|24 h|1000 ms)\b/);
      }),
      { numRuns: 2000 },
    );
  });
});

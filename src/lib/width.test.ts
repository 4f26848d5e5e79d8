import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipToWidth, padToWidth, textWidth } from './width.ts';

describe('textWidth', () => {
  it.each([
    ['abc', 3],
    ['한국어', 6],
    ['繁體中文', 8],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['✔ ✘ █░ ⠋', 8],
    ['\u001b[32mgreen\u001b[39m', 5],
  ])('of %s is %d', (text, columns) => {
    expect(textWidth(text)).toBe(columns);
  });
});

describe('clipToWidth', () => {
  it('cuts with an ellipsis and never splits a wide character', () => {
    expect(clipToWidth('abcdef', 4)).toBe('abc…');
    expect(clipToWidth('한국어', 4)).toBe('한…');
    expect(clipToWidth('abc', 3)).toBe('abc');
  });

  it('keeps the escape sequences, so that a colour ends where it should', () => {
    expect(clipToWidth('\u001b[32mabcdef\u001b[39m', 4)).toBe('\u001b[32mabc…\u001b[39m');
  });

  it('is never wider than asked', () => {
    const word = fc.string({ unit: fc.constantFrom('a', '한', 'é', ' ', '\u001b[1m', '中') });
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 20 }), (text, columns) => {
        expect(textWidth(clipToWidth(text, columns))).toBeLessThanOrEqual(columns);
        expect(textWidth(padToWidth(text, columns))).toBeGreaterThanOrEqual(columns);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle, levelLength, parseTilePath, tileOf, tilePath } from './tiles.ts';

describe('tiles', () => {
  it('are named as C2SP tlog-tiles names them', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0, width: 12 })).toBe('tile/entries/000.p/12');
    expect(tilePath({ level: 2, index: 999, width: 1 })).toBe('tile/2/999.p/1');
  });

  it('have one name each, which reads back as the same tile', () => {
    const level = fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 }));
    fc.assert(
      fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (named, index, width) => {
        expect(parseTilePath(tilePath({ level: named, index, width }))).toEqual({ level: named, index, width });
      }),
    );
    for (const path of [
      'tile/0/0',
      'tile/00/000',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000/',
    ])
      expect(parseTilePath(path)).toBeUndefined();
  });

  it('cut a tree of 70,000 leaves as the specification says', () => {
    expect([0, 1, 2, 3].map((level) => levelLength(70_000, level))).toEqual([70_000, 273, 1, 0]);
    expect(tileOf(70_000, 0, 69_999)).toEqual({ level: 0, index: 273, width: 112 });
    expect(tileOf(70_000, 1, 272)).toEqual({ level: 1, index: 1, width: 17 });
    expect(tileOf(70_000, 2, 0)).toEqual({ level: 2, index: 0, width: 1 });
    expect(tileOf(256, 0, 0).width).toBe(256);
  });

  it('bundle entries of any length that fits, and see a bundle that was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries))).toEqual(entries.map((entry) => Buffer.from(entry)));
      }),
    );
    const longest = encodeBundle([Buffer.alloc(65_535)]);
    expect(decodeBundle(longest)?.[0]?.length).toBe(65_535);
    expect(decodeBundle(longest.subarray(0, -1))).toBeUndefined();
    expect(() => encodeBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
  });
});

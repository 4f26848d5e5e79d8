import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Capture } from './capture.ts';
import { LineSplitter } from './lines.ts';

function split(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.write(Buffer.from(chunk));
  splitter.end();
  return lines;
}

/** Text cut into chunks at any byte. */
const cutText = fc
  .tuple(fc.string({ unit: fc.constantFrom('a', '복', '恢', '😀', '\n', '\r\n', ' ') }), fc.array(fc.nat(40)))
  .map(([text, cuts]) => {
    const bytes = Buffer.from(text);
    const chunks: Buffer[] = [];
    let from = 0;
    for (const length of cuts) {
      chunks.push(bytes.subarray(from, from + length));
      from += length;
    }
    return { text, chunks: [...chunks, bytes.subarray(from)] };
  });

test('however the bytes are cut, the lines are the same', () => {
  fc.assert(
    fc.property(cutText, ({ text, chunks }) => {
      const expected = text.split(/\r?\n/);
      if (expected.at(-1) === '') expected.pop();
      expect(split(chunks)).toEqual(expected);
    }),
  );
});

test('line ends may be LF or CRLF; a lone CR is part of the line; the last line needs no end', () => {
  expect(split([Buffer.from('a\r\nb\nc\rd\n\nlast')])).toEqual(['a', 'b', 'c\rd', '', 'last']);
});

test('a line of 1 MB in small chunks arrives whole', () => {
  const chunk = Buffer.from('0123456789abcdef');
  const lines = split([...Array.from({ length: 65_536 }, () => chunk), Buffer.from('\nnext\n')]);
  expect(lines.map((line) => line.length)).toEqual([1_048_576, 4]);
});

test('what has no line ends does not fill the memory: it comes in pieces', () => {
  const chunk = Buffer.alloc(1 << 20, 'x');
  const lines = split(Array.from({ length: 40 }, () => chunk));
  expect(lines.map((line) => line.length)).toEqual([1 << 24, 1 << 24, 8 << 20]);
});

test.each(['first', 'last'] as const)('keeps the %s bytes, whole characters only, and counts the rest', (which) => {
  fc.assert(
    fc.property(cutText, fc.integer({ min: 1, max: 60 }), ({ text, chunks }, limit) => {
      const capture = new Capture(limit, which);
      for (const chunk of chunks) capture.write(chunk);
      const kept = capture.text();
      const total = Buffer.byteLength(text);
      expect(kept).not.toContain('\uFFFD');
      expect(which === 'first' ? text.startsWith(kept) : text.endsWith(kept)).toBe(true);
      expect(Buffer.byteLength(kept)).toBeGreaterThanOrEqual(Math.min(total, limit) - 3);
      expect(capture.dropped()).toBe(Math.max(0, total - limit));
    }),
  );
});

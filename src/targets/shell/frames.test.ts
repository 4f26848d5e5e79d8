import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader } from './frames.ts';

const token = '0123456789abcdef01234567';

function read(pieces: readonly Buffer[]): { readonly bytes: string; readonly lines: string[] } {
  let bytes = Buffer.alloc(0);
  const lines: string[] = [];
  const reader = new FrameReader(token, {
    onBytes: (chunk) => {
      expect(chunk.length).toBeGreaterThan(0);
      bytes = Buffer.concat([bytes, chunk]);
    },
    onLine: (words) => {
      lines.push(words);
      bytes = Buffer.concat([bytes, Buffer.from('|')]);
    },
  });
  for (const piece of pieces) reader.write(piece);
  return { bytes: bytes.toString('latin1'), lines };
}

function cut(whole: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => whole.subarray(places[index], end));
}

/** Output full of what looks nearly like a line of the helper. */
const nearly = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\n', '\n0123', `\n${token}`, token, `${token} = x\n`, '한글\n', '\n\n'),
);

test('bytes come out as they went in, however they are cut, and lines are told from them', () => {
  fc.assert(
    fc.property(fc.array(nearly), fc.array(nearly), fc.array(fc.nat()), (before, after, at) => {
      // Only the token with a blank begins a line; that text the helper alone can write.
      const clean = (texts: readonly string[]) => texts.join('').replaceAll(`\n${token} `, '\n');
      const [one, two] = [clean(before), clean(after)];
      const whole = Buffer.from(`${one}\n${token} o\n${two}\n${token} = exit 0\n`);
      const found = read(cut(whole, at));
      expect(found.lines).toEqual(['o', '= exit 0']);
      expect(found.bytes).toBe(`${Buffer.from(one).toString('latin1')}|${Buffer.from(two).toString('latin1')}|`);
    }),
  );
});

test('what cannot be the beginning of a line is handed on at once', () => {
  expect(read([Buffer.from('prompt: '), Buffer.from('한')]).bytes).toBe(Buffer.from('prompt: 한').toString('latin1'));
});

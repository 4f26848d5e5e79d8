import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask, redactor } from './redact.ts';
import { RedactStream } from './redact-stream.ts';

/** Text of programs in which no generated secret occurs by chance: it has no brackets, and the secrets end in one of their own. */
const lines = [
  '2026-11-20T02:00:03Z INFO processed 4096 rows in 12 ms',
  'snapshot 4f3c1a2b saved',
  '',
  '\u{bc31}\u{c5c5} \u{c644}\u{b8cc} \u{5099}\u{4efd}\u{5b8c}\u{6210} \u{1f600}',
  'password: ',
  '\t| table | 12 |',
  '-----BEGIN CERTIFICATE-----',
];
const text = fc.array(fc.constantFrom(...lines.map((line) => `${line}\n`), 'a bit ', 'x'), { maxLength: 12 });
/** Any text of at least four characters, also of several lines; no part of it looks like the mask. */
const secrets = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('\n', 'a', ' ', '"', '\\', '/', '\u{ac00}', '\u{1f600}'),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
    minLength: 3,
    maxLength: 40,
  })
  .map((one) => `${one.replaceAll(/[[\]\r]/g, '_')}^`)
  .filter((one) => one.length >= 4);

function streamed(parts: readonly string[], known: readonly string[]): string {
  const stream = new RedactStream(redactor(known));
  return parts.map((part) => stream.push(part)).join('') + stream.end();
}

function cutAt(whole: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b);
  return [...places, whole.length].map((end, index) => whole.slice(places[index - 1] ?? 0, end));
}

describe('RedactStream', () => {
  it('lets no part of a planted secret through, however the text is cut', () => {
    fc.assert(
      fc.property(
        text,
        secrets,
        text,
        secrets,
        text,
        fc.array(fc.nat(), { maxLength: 12 }),
        (a, one, b, two, c, cuts) => {
          const whole = [...a, one, ...b, two, ...c].join('');
          const clean = streamed(cutAt(whole, cuts), [one, two]);
          expect(clean).not.toContain(one);
          expect(clean).not.toContain(two);
          expect(clean).toBe(redactor([one, two])(whole));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives whole lines as soon as they are there', () => {
    const stream = new RedactStream(redactor(['first\nsecond']));
    expect(stream.push('one\ntw')).toBe('one\n');
    expect(stream.push('o\n')).toBe('two\n');
    expect(stream.push('xfirst\n')).toBe('');
    expect(stream.push('third\n')).toBe('xfirst\nthird\n');
    expect(stream.push('xfirst\nsec')).toBe('');
    expect(stream.push('ond!\n')).toBe(`x${mask}!\n`);
  });

  it('holds a private key until its end, and lets go what only speaks of one', () => {
    const stream = new RedactStream(redactor([]));
    expect(stream.push('a\n-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbc\n')).toBe('a\n');
    expect(stream.push('zzzz\n-----END EC PRIVATE KEY-----\nb\n')).toBe(`${mask}\nb\n`);
    expect(stream.push('-----BEGIN EC PRIVATE KEY-----\n')).toBe('');
    expect(stream.end()).toBe(`${mask}\n`);
  });

  const long = 'a quite ordinary word and '.repeat(12_000);
  it.each([
    ['with blanks', long],
    ['without blanks', long.replaceAll(' ', '')],
    ['of wide characters', '\u{1f600}'.repeat(100_000)],
  ])('redacts a line of 300 KB %s without holding all of it', (_name, line) => {
    const secret = 'correct-horse-battery';
    const stream = new RedactStream(redactor([secret]));
    let out = '';
    let most = 0;
    const whole = `${line}${secret}${line}password=hunter2 ${line}`;
    for (let at = 0; at < whole.length; at += 10_007) {
      out += stream.push(whole.slice(at, at + 10_007));
      most = Math.max(most, at + 10_007 - out.length);
    }
    out += stream.end();
    expect(out).toBe(redactor([secret])(whole));
    expect(out).not.toMatch(/horse|hunter2/);
    expect(most).toBeLessThan(100_000);
  });

  it('shows nothing of a line that is one single secret, however long', () => {
    const out = streamed(['password=', ...Array.from({ length: 600 }, () => 'q'.repeat(10_000)), '\nnext\n'], []);
    expect(out.length).toBeLessThan(200);
    expect(out.endsWith('\nnext\n')).toBe(true);
    expect(out.includes('qqqq')).toBe(false);
  });
});

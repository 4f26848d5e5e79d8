import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { explain, prepareEffects } from '../explain.ts';
import { labels } from '../types.ts';

beforeAll(prepareEffects);

const deep = 20_000;

describe('hostile text', () => {
  it.each([
    ['substitutions', `echo ${'$('.repeat(deep)}rm -rf /${')'.repeat(deep)}`],
    ['subshells', `${'('.repeat(deep)}rm -rf /${')'.repeat(deep)}`],
    ['conditions', `${'if true; then '.repeat(deep)}rm x;${' fi;'.repeat(deep)}`],
    ['quoted substitutions', `echo ${'"$(echo '.repeat(deep)}${')"'.repeat(deep)}`],
    ['sudo', `${'sudo '.repeat(deep)}rm -rf /`],
    ['eval', `${'eval '.repeat(deep)}rm -rf /`],
    ['ssh', 'ssh h '.repeat(2000)],
    [
      'functions that call two of the next',
      `${Array.from({ length: 25 }, (_, i) => `f${i}() { f${i + 1} $1a; f${i + 1} $1b; }`).join('\n')}\nf0 q`,
    ],
    ['an open function', 'f() {'.repeat(deep)],
  ])(
    '%s without end are unknown, in bounded time',
    (_, text) => {
      expect(explain(text, { language: 'sh' }).effects).toContain('unknown');
    },
    20_000,
  );

  it.each([
    ['words', `echo ${'a '.repeat(500_000)}`],
    ['one word', `echo ${'a'.repeat(1_000_000)}`],
    ['braces', '{{'.repeat(500_000)],
    ['brackets', '<a'.repeat(333_333)],
    ['markers', ' A_'.repeat(333_333)],
    ['code', `awk '${'print > '.repeat(120_000)}'`],
  ])(
    'a line of a megabyte of %s ends',
    (_, text) => {
      expect(explain(text, { language: 'sh' }).effects.length).toBeGreaterThan(0);
    },
    20_000,
  );

  it('200,000 lines are judged one by one', () => {
    expect(explain('kubectl get pods -n prod\n'.repeat(200_000), { language: 'sh' }).commands.length).toBe(200_000);
  }, 60_000);

  it('of any shape never throws, and its spans lie in it', () => {
    const piece = fc.constantFrom(
      'rm -rf /',
      '$(',
      ')',
      '`',
      '"',
      "'",
      '\\',
      '<<EOF\n',
      'EOF\n',
      '|',
      '&&',
      ';',
      '{',
      '}',
      '<pod>',
      '${x',
      '((',
      '[[',
      'if ',
      'fi',
      ' sudo ',
      'ssh h ',
      '한글',
      '\r\n',
      '\ue000',
      'sh -c ',
      '>',
      '*',
      '=',
      "awk '",
      'psql -c ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const judged = explain(text, { language: 'sh' });
        expect(judged.effects.every((label) => labels.includes(label))).toBe(true);
        for (const { span } of [...judged.commands, ...judged.findings]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
          expect(span.start).toBeLessThanOrEqual(span.end);
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});

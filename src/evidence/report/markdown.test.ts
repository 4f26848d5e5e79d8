import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../lib/plain-text.ts';
import { fence, literal, md, mdList, mdTable, toMarkdown } from './markdown.ts';

/** Texts rich in the signs that Markdown reads. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'\\`*_[]()<>&|~#$@!{}-+=.:1 \n\t"\'',
        '---',
        '- ',
        '1. ',
        '# ',
        '```',
        'http://x.y',
        'www.x.y',
        '&lt;',
        '<b>',
        '[x]: y',
        '> ',
        '\u202e',
        '\r',
      ),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(''));

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const read = (text: string): Node => fromMarkdown(text) as Node;

describe('any text in Markdown', () => {
  it('is one paragraph of plain text, also where it begins a line', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const whole of [toMarkdown(md`${text}`), toMarkdown(md`a ${text} b`)]) {
          const { children = [] } = read(whole);
          expect(children.length).toBeLessThanOrEqual(1);
          for (const { type, children: inside = [] } of children) {
            expect(type).toBe('paragraph');
            expect(inside.map((node) => node.type)).toEqual(['text']);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('reads as it was, but for what cannot be seen and for lines', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { children = [] } = read(toMarkdown(md`a ${text} b`));
        const shown = children[0]?.children?.[0]?.value ?? '';
        const plain = (one: string): string => one.replace(/\s*\n\s*/g, ' ⏎ ').replace(/[\s⏎]+/g, ' ');
        expect(plain(shown)).toBe(plain(`a ${visibleText(text)} b`));
      }),
      { numRuns: 800 },
    );
  });

  it('is one item of a list and one cell of a table', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [list, ...others] = read(toMarkdown(mdList([text, 'b']))).children ?? [];
        expect(others).toEqual([]);
        expect(list?.children).toHaveLength(2);
        const row = toMarkdown(mdTable(['a', 'b'], [[text, literal(text)]])).split('\n')[2] ?? '';
        expect(row.replace(/\\[\s\S]/g, '').split('|')).toHaveLength(4);
      }),
      { numRuns: 800 },
    );
  });

  it('is whole within a fence', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { children = [] } = read(toMarkdown(md`${fence(text)}\n\nafter`));
        expect(children.map(({ type }) => type)).toEqual(['code', 'paragraph']);
        expect(children[0]?.value).toBe(visibleText(text).replace(/\n$/, ''));
      }),
      { numRuns: 800 },
    );
  });
});

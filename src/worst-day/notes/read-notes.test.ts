import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentIn, readWritten } from './moment.ts';
import { readNotes } from './read-notes.ts';

const seoul = { timeZone: 'Asia/Seoul' };
const day = { year: 2026, month: 1, day: 12 };

describe('the time at the beginning of a line', () => {
  it.each([
    ['2026-01-12 14:35 x', '2026-01-12T05:35:00.000Z'],
    ['2026-01-12T14:35:20 x', '2026-01-12T05:35:20.000Z'],
    ['2026-01-12T14:35:00+00:00 x', '2026-01-12T14:35:00.000Z'],
    ['2026-01-12T14:35Z x', '2026-01-12T14:35:00.000Z'],
    ['2026-01-12 14:35 -0330 x', '2026-01-12T18:05:00.000Z'],
    ['2026.1.12 14:35 x', '2026-01-12T05:35:00.000Z'],
    ['2026. x', undefined],
    ['2026년 1월 12일 오후 2시 35분 x', '2026-01-12T05:35:00.000Z'],
    ['2026年1月12日 下午2:35 x', '2026-01-12T05:35:00.000Z'],
    ['14:35 x', '2026-01-12T05:35:00.000Z'],
    ['14:35:20 - x', '2026-01-12T05:35:20.000Z'],
    ['2:35 PM x', '2026-01-12T05:35:00.000Z'],
    ['2:35pm x', '2026-01-12T05:35:00.000Z'],
    ['12:05 am x', '2026-01-11T15:05:00.000Z'],
    ['오후 2:35 x', '2026-01-12T05:35:00.000Z'],
    ['오전 12:05 x', '2026-01-11T15:05:00.000Z'],
    ['오후 12:05 x', '2026-01-12T03:05:00.000Z'],
    ['下午 2時35分 x', '2026-01-12T05:35:00.000Z'],
    ['오후 3시 x', '2026-01-12T06:00:00.000Z'],
    ['| 14:35 | Jo | x |', '2026-01-12T05:35:00.000Z'],
    ['- 14:35 x', '2026-01-12T05:35:00.000Z'],
    ['25:00 x', undefined],
    ['14:60 x', undefined],
    ['2026-02-30 14:35 x', undefined],
    ['오전 14:35 x', undefined],
    ['14:355 x', undefined],
    ['x 14:35', undefined],
  ])('of %j is %j', (line, expected) => {
    const { notes, notUnderstood } = readNotes(line, { ...seoul, date: day });
    expect(notes.map(({ writtenAt }) => writtenAt)).toEqual(expected === undefined ? [] : [expected]);
    expect(notUnderstood.map(({ text }) => text)).toEqual(expected === undefined ? [line] : []);
  });

  it('of an hour that clocks have twice is the first, of one that they leave out the one before the change', () => {
    const hour = 3_600_000;
    const at = (d: number, m: number, ofDay: number) =>
      momentIn('Europe/Berlin', { year: 2026, month: m, day: d }, ofDay).toISOString();
    expect(at(25, 10, 2.5 * hour)).toBe('2026-10-25T00:30:00.000Z');
    expect(at(29, 3, 2.5 * hour)).toBe('2026-03-29T01:30:00.000Z');
    expect(at(29, 3, 3.5 * hour)).toBe('2026-03-29T01:30:00.000Z');
    expect(at(25, 10, 3.5 * hour)).toBe('2026-10-25T02:30:00.000Z');
  });
});

describe('notes', () => {
  it('say who wrote and where, in brackets or in the columns of the paper', () => {
    const { notes } = readNotes('14:35 [Jo, restore step 3] disk found\n14:36 | Mina | called the bank', {
      ...seoul,
      date: day,
    });
    expect(notes).toMatchObject([
      { who: 'Jo', place: 'restore step 3', text: 'disk found' },
      { who: 'Mina', text: 'called the bank' },
    ]);
  });

  it('take the date of the line before, of a line that is a date, and go over midnight', () => {
    const { notes } = readNotes('2026-01-12 23:50 a\n00:10 b\n23:55 late entry\n# 2026-02-01\n09:00 c', seoul);
    expect(notes.map(({ writtenAt }) => writtenAt)).toEqual([
      '2026-01-12T14:50:00.000Z',
      '2026-01-12T15:10:00.000Z',
      '2026-01-13T14:55:00.000Z',
      '2026-02-01T00:00:00.000Z',
    ]);
  });

  it('go on in indented lines', () => {
    const { notes, notUnderstood } = readNotes('14:35 first\n  second\n\tthird\nfourth', { ...seoul, date: day });
    expect(notes.map(({ text }) => text)).toEqual(['first\nsecond\nthird']);
    expect(notUnderstood).toEqual([{ line: 4, text: 'fourth', why: 'it does not begin with a time' }]);
  });

  it('without any date are listed, not guessed', () => {
    const { notes, notUnderstood } = readNotes('14:35 a', seoul);
    expect(notes).toEqual([]);
    expect(notUnderstood[0]?.why).toMatch(/--date/);
  });

  it('lose no line: each that is not empty is a note, a part of one, a date, or listed', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('14:35 a', ' more', '2026-01-12', '오후 2:35 b', '2026-13-01 x', '\u0000', '99:99'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const { notes, notUnderstood } = readNotes(text, seoul);
        const dates = text.split(/\r\n|\r|\n/).filter((one) => {
          const written = readWritten(one.trim().replace(/^(?:[-*•]\s+|#{1,6}\s+|\|\s*)/u, ''));
          return written !== undefined && written.ofDay === undefined && written.rest === '';
        });
        const parts = notes.reduce((sum, note) => sum + note.text.split('\n').length, 0);
        const filled = text.split(/\r\n|\r|\n/).filter((one) => one.trim() !== '');
        expect(parts + notUnderstood.length + dates.length).toBe(filled.length);
      }),
    );
  });
});

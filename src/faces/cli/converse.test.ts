import { describe, expect, it } from 'vitest';
import type { Question } from '../../lib/question.ts';
import { textWidth } from '../../lib/width.ts';
import { plainStyle } from '../../operations/plain-style.ts';
import { questionLines } from '../../operations/question-view.ts';
import { converse, type Given, keyed } from './converse.ts';
import { LineEditor } from './line-editor.ts';

const question: Question = {
  name: 'q',
  kind: 'failed-step',
  title: 'It failed.',
  details: [],
  choices: [
    { id: 'retry', label: 'Try again' },
    { id: 'rollback', label: 'Take it back', typed: 'db1' },
    { id: 'skip', label: 'Leave it out', reason: 'required' },
    { id: 'abort', label: '\u{4e2d}\u{6b62}', reason: 'optional' },
  ],
};

/** What comes of these lines, one after the other; undefined is Escape. */
async function typed(
  asked: Question,
  ...lines: (string | undefined)[]
): Promise<{ given: Given; said: string[]; labels: string[] }> {
  const said: string[] = [];
  const labels: string[] = [];
  const given = await converse(
    asked,
    async (label) => {
      labels.push(label);
      if (lines.length === 0) throw new Error(`asked once too often: ${label}`);
      return lines.shift();
    },
    (line) => said.push(line),
  );
  expect(lines).toEqual([]);
  return { given, said, labels };
}

describe('converse', () => {
  it('gives each choice a key of its own', () => {
    expect(keyed(question).map(({ key, choice }) => `${key} ${choice.id}`)).toEqual([
      'r retry',
      'o rollback',
      's skip',
      'a abort',
    ]);
    const wide = {
      ...question,
      choices: [
        { id: '\u{c7ac}', label: '' },
        { id: 'a', label: '' },
        { id: 'a2', label: '' },
      ],
    };
    expect(keyed(wide).map(({ key }) => key)).toEqual(['1', 'a', '3']);
  });

  it('speaks the language of its question, and beside the commands that answer it', async () => {
    const korean: Question = { ...question, language: 'ko' };
    const { labels, said } = await typed(korean, 'x', 'o', 'db2', 's', '', 'because');
    const [choices, again, ...asked] = labels;
    expect([choices, again]).toEqual(['r/o/s/a', 'r/o/s/a']);
    for (const line of [...asked.filter((label) => label !== choices), ...said]) expect(line).toMatch(/[가-힣]/);
    expect(questionLines('run-1', korean, plainStyle).join('\n')).toContain('  skip  Leave it out; 이유 필요\n');
  });

  it('numbers the ways of a runbook', () => {
    const ways: Question = {
      ...question,
      kind: 'alternative',
      choices: [
        { id: 'a1-1', label: 'Disk full' },
        { id: 'a1-2', label: 'Memory full' },
        { id: 'none', label: 'None of these', reason: 'required' },
      ],
    };
    expect(keyed(ways).map(({ key, choice }) => `${key} ${choice.id}`)).toEqual(['1 a1-1', '2 a1-2', 'n none']);
  });

  it.each([
    [['r'], { choice: 'retry' }],
    [[' RETRY '.toLowerCase()], { choice: 'retry' }],
    [['ret'], { choice: 'retry' }],
    [['o', 'db1'], { choice: 'rollback', value: 'db1' }],
    [['s', '', ' ', 'by hand '], { choice: 'skip', reason: 'by hand' }],
    [['a', ''], { choice: 'abort' }],
    [['\u{4e2d}\u{6b62}', 'too late'], { choice: 'abort', reason: 'too late' }],
    [['o', 'db2', 's', undefined, 'r'], { choice: 'retry' }],
    [['', undefined, 'x', 'r'], { choice: 'retry' }],
  ])('takes %j', async (lines, given) => {
    expect((await typed(question, ...lines)).given).toEqual(given);
  });

  it('takes no beginning that two choices share', async () => {
    const { said } = await typed(
      {
        ...question,
        choices: [
          { id: 'was-done', label: '' },
          { id: 'was-not-done', label: '' },
        ],
      },
      'was',
      'was-n',
    );
    expect(said).toHaveLength(1);
  });

  it('asks at once for a value that is all there is to say', async () => {
    const value: Question = { ...question, kind: 'value', choices: [], value: { name: 'HOST' } };
    expect(await typed(value, 'db1')).toMatchObject({ given: { choice: 'value', value: 'db1' }, labels: ['HOST'] });
  });

  it('asks for files of a manual step that is done', async () => {
    const manual: Question = {
      ...question,
      kind: 'manual-step',
      choices: [
        { id: 'done', label: 'Done' },
        { id: 'skip', label: '' },
      ],
    };
    expect((await typed(manual, 'd', 'a.jpg', '/b', '')).given).toEqual({ choice: 'done', attach: ['a.jpg', '/b'] });
    expect((await typed(manual, 's')).given).toEqual({ choice: 'skip' });
  });
});

describe('LineEditor', () => {
  function edited(...keys: readonly (string | { readonly name: string; readonly ctrl?: boolean })[]): LineEditor {
    const editor = new LineEditor();
    for (const key of keys) {
      if (typeof key === 'string') editor.press(key, {});
      else editor.press(undefined, key);
    }
    return editor;
  }
  const back = { name: 'backspace' };

  it('takes away what a person sees as one character', () => {
    expect(edited('\u{d55c}\u{ae00}', back).text).toBe('\u{d55c}');
    expect(edited('a\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}', back).text).toBe('a');
    expect(edited('e', '\u0301', back).text).toBe('');
  });

  it('moves, and takes words and halves away', () => {
    expect(edited('abc', { name: 'left' }, 'X', { name: 'end' }, 'Y', { name: 'home' }, 'Z').text).toBe('ZabXcY');
    expect(edited('one two  ', { name: 'w', ctrl: true }).text).toBe('one ');
    expect(edited('one two', { name: 'u', ctrl: true }, 'x').text).toBe('x');
    expect(edited('ab', { name: 'left' }, { name: 'delete' }, back, back).text).toBe('');
    expect(edited('ab', { name: 'home' }, { name: 'k', ctrl: true }).text).toBe('');
  });

  it('takes no control characters of a paste', () => {
    expect(edited('a\u001b[31mb\u0007\u2028').text).toBe('a[31mb');
  });

  it('shows no more than there is room for, and of a secret only its length', () => {
    const long = edited('\u{b370}\u{c774}\u{d130}\u{bca0}\u{c774}\u{c2a4} restore target number one');
    expect(textWidth(long.shown(20, false))).toBeLessThanOrEqual(20);
    expect(long.shown(20, false)).toContain('number one');
    expect(edited('secret').shown(20, true)).toBe('••••••\u001b[7m \u001b[27m');
  });
});

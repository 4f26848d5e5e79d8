import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation } from '../../operations/types.ts';
import { checkInput, flagName } from '../call.ts';
import { readCommandLine } from './program.ts';

const look = { columns: 100, color: false };

const brew = defineOperation({
  name: 'tea brew',
  title: 'Brew tea',
  description: 'A record with a field of each kind',
  input: z.strictObject({
    leaf: z.enum(['green', 'black']).describe('Which leaf'),
    guests: z.array(z.string()).default([]).describe('For whom'),
    minutes: z.number().default(3).describe('How long'),
    sugar: z.boolean().default(false).describe('With sugar'),
    lid: z.boolean().default(true).describe('With the lid on'),
    milk: z.boolean().optional().describe('With milk, or without for certain'),
    coldWater: z.string().optional().describe('Water to cool it'),
    cups: z.array(z.number()).optional().describe('Sizes of cups'),
    extra: z.record(z.string(), z.number()).optional().describe('Anything else'),
  }),
  output: z.object({}),
  positional: ['leaf', 'guests'],
  permission: 'tea.brew',
  effects: ['none'],
  faces: ['cli'],
  examples: [{ command: 'tea brew green', does: 'brews it' }],
  handle: async () => ({}),
  text: () => '',
});

describe('the command line of a record', () => {
  it('gives only what was typed, so that the schema has the last word on defaults', () => {
    expect(read('tea', 'brew', 'green')).toEqual({ leaf: 'green' });
  });

  it('takes fields by position, the last of them all that follow', () => {
    expect(read('tea', 'brew', 'black', 'ann', 'bo')).toEqual({ leaf: 'black', guests: ['ann', 'bo'] });
  });

  it('has a switch for each boolean, and its opposite where that says something', () => {
    expect(read('tea', 'brew', 'green', '--sugar', '--no-lid', '--no-milk')).toMatchObject({
      sugar: true,
      lid: false,
      milk: false,
    });
    expect(read('tea', 'brew', 'green', '--milk')).toMatchObject({ milk: true });
    expect(() => read('tea', 'brew', 'green', '--no-sugar')).toThrowError(
      expect.objectContaining({ code: 'command-line-wrong' }),
    );
  });

  it('reads numbers, repeated options, JSON and names of several words', () => {
    const words = ['--minutes', '4.5', '--cups', '2', '--cups', '3', '--extra', '{"ice": 1}', '--cold-water', '007'];
    expect(read('tea', 'brew', 'green', ...words)).toEqual({
      leaf: 'green',
      minutes: 4.5,
      cups: [2, 3],
      extra: { ice: 1 },
      coldWater: '007',
    });
  });

  it('takes options of Holdfast itself before and after the command, and nothing after -- as an option', () => {
    const line = readCommandLine([brew], ['--quiet', 'tea', 'brew', 'green', '--site', 'x.yaml', '--', '--json'], look);
    if ('shown' in line) throw new Error('help was shown');
    expect(line.flags).toEqual({ quiet: true, site: 'x.yaml' });
    expect(line.input).toEqual({ leaf: 'green', guests: ['--json'] });
  });

  it('lets a command have a flag that Holdfast has too', () => {
    const grow = defineOperation({
      name: 'tea grow',
      title: 'Grow tea',
      description: 'A record with a field that Holdfast has as an option',
      input: z.strictObject({ site: z.string().describe('Where it grows') }),
      output: z.object({}),
      permission: 'tea.grow',
      effects: ['none'],
      faces: ['cli'],
      examples: [{ command: 'tea grow --site uji', does: 'grows it' }],
      handle: async () => ({}),
      text: () => '',
    });
    const line = readCommandLine([brew, grow], ['--quiet', 'tea', 'grow', '--site', 'uji'], look);
    expect(line).toMatchObject({ input: { site: 'uji' }, flags: { quiet: true } });
    expect(readCommandLine([brew, grow], ['tea', 'brew', 'green', '--site', 'x'], look)).toMatchObject({
      flags: { site: 'x' },
    });
  });

  it.each([
    [['tea', 'brew'], "Missing required argument 'leaf'."],
    [['tea', 'brew', 'green', '--minutes'], "Option '--minutes <number>' argument missing."],
    [['tea', 'brew', 'green', '--suger'], "Unknown option '--suger' (Did you mean --sugar?)"],
    [['tae'], "Unknown command 'tae' (Did you mean tea?)"],
  ])('says what is wrong with %j', (words, message) => {
    expect(() => read(...words)).toThrowError(expect.objectContaining({ code: 'command-line-wrong', message }));
  });

  it('tells all that does not fit, by flag and by position', () => {
    const input = read('tea', 'brew', 'gren', '--minutes', 'long', '--extra', '{');
    expect(() => checkInput(brew, input, flagName(brew))).toThrowError(
      expect.objectContaining({
        message:
          '`tea brew` cannot take this: <leaf>: "gren" is not possible here; it must be one of green, black; did you mean green?; ' +
          '--minutes: this must be a number, and it is "long"; --extra: this must be a mapping, and it is "{".',
      }),
    );
  });

  it('shows choices, defaults and repetition in its help', () => {
    const shown = readCommandLine([brew], ['help', 'tea', 'brew'], look);
    const text = 'shown' in shown ? shown.text.replaceAll(/\s+/g, ' ') : '';
    for (const part of [
      'Which leaf (one of green, black; required)',
      'How long (default: 3)',
      'Sizes of cups (may be repeated)',
      '--no-lid',
      'holdfast tea brew green',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('never breaks an example, so that it can be pasted, and breaks all else at the width of the terminal', () => {
    const command = `tea brew green ${'guest '.repeat(12)}--minutes 5`;
    const parties = defineOperation({ ...brew, examples: [{ command, does: 'for a party' }] });
    const help = readCommandLine([parties], ['help', 'tea', 'brew'], { columns: 80, color: false });
    const lines = 'text' in help ? help.text.split('\n') : [];
    const at = lines.indexOf(`  holdfast ${command}`);
    expect(lines[at + 1]).toBe('      for a party');
    expect(lines.filter((line, index) => line.length > 80 && index !== at)).toEqual([]);
    const wide = readCommandLine([parties], ['help', 'tea', 'brew'], { columns: 200, color: false });
    expect('text' in wide && wide.text).toContain(`  holdfast ${command}  for a party`);
  });

  it('shows all commands when there is no word at all', () => {
    expect(readCommandLine([brew], [], look)).toMatchObject({ shown: 'help', mistaken: false });
  });
});

function read(...words: readonly string[]): Readonly<Record<string, unknown>> {
  const line = readCommandLine([brew], words, look);
  if ('shown' in line) throw new Error(`help was shown: ${line.text}`);
  return line.input;
}

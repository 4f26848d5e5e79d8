import { describe, expect, it } from 'vitest';
import { suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['copys', 'copies'],
    ['cannary', 'canary'],
    ['rign', 'ring'],
    ['LOCAL', 'local'],
    ['obejct', 'object'],
  ])('takes %s for %s', (word, meant) => {
    expect(suggest(word, ['copies', 'canary', 'ring', 'local', 'object'])).toBe(meant);
  });

  it('suggests nothing for a word that is like none', () => {
    expect(suggest('frobnicate', ['copies', 'after'])).toBeUndefined();
    expect(suggest('x', [])).toBeUndefined();
  });
});

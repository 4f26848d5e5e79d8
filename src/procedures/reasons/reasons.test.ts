import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogues, type ReasonKey, reason, reasonsIn, recorded } from './index.ts';

const keys = Object.keys(catalogues.en) as ReasonKey[];
const names = (text: string): string[] => [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '').sort();

describe('why a target did not do what was expected', () => {
  it('is in every language, translated, with the same details in it', () => {
    for (const language of ['ko', 'zh-Hant'] as const) {
      const script = language === 'ko' ? /\p{Script=Hangul}/u : /\p{Script=Han}/u;
      expect(Object.keys(catalogues[language])).toEqual(keys);
      for (const key of keys) {
        expect(names(catalogues[language][key]), `${language} ${key}`).toEqual(names(catalogues.en[key]));
        expect(catalogues[language][key], `${language} ${key}`).toMatch(script);
      }
    }
  });

  it('is all said where a command is judged', () => {
    const code = ['../expect.ts', '../perform-on.ts'].map((file) =>
      readFileSync(new URL(file, import.meta.url), 'utf8'),
    );
    expect(keys.filter((key) => !code.join('\n').includes(`'${key}'`))).toEqual([]);
  });

  it('is recorded in English, and for any language', () => {
    const reasons = [reason('no-text', { text: 'ready' }), reason('first-only')];
    expect(recorded(reasons)).toEqual({
      why: 'the output does not hold "ready" (only the first 4 MB of the output were looked at)',
      said: reasons,
    });
    expect(reasonsIn('ko', reasons)).toBe('출력에 "ready" 없음 (출력의 처음 4 MB만 확인함)');
    expect(reasonsIn('ko', [{ key: 'of-a-later-version', details: {} }])).toBeUndefined();
    expect(recorded([])).toEqual({});
  });
});

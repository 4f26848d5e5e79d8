import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogues, inEnglish, inLanguage, type SentenceKey, sentence } from './index.ts';

const languages = ['en', 'ko', 'zh-Hant'] as const;
const keys = Object.keys(catalogues.en) as SentenceKey[];
const names = (text: string): string[] => [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '').sort();

describe('what is said of a runbook', () => {
  it('is in every language, with the same details in it', () => {
    for (const language of languages) {
      expect(Object.keys(catalogues[language])).toEqual(keys);
      for (const key of keys) {
        expect(catalogues[language][key].trim(), `${language} ${key}`).not.toBe('');
        expect(names(catalogues[language][key]), `${language} ${key}`).toEqual(names(catalogues.en[key]));
      }
    }
  });

  it('is translated', () => {
    for (const language of ['ko', 'zh-Hant'] as const) {
      const script = language === 'ko' ? /\p{Script=Hangul}/u : /\p{Script=Han}/u;
      expect(keys.filter((key) => !script.test(catalogues[language][key]))).toEqual([]);
    }
  });

  it('is all said by some rule or by the reading', () => {
    const code = ['../lint/', '../read/']
      .map((directory) => new URL(directory, import.meta.url))
      .flatMap((directory) =>
        readdirSync(directory)
          .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
          .map((name) => readFileSync(new URL(name, directory), 'utf8')),
      )
      .join('\n');
    expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });

  it('has its details filled in, lists as the language writes them', () => {
    const said = sentence('undefined-variable', { names: ['$A', '$B'] });
    expect(inEnglish(said)).toMatch(/^Nothing sets \$A and \$B before this\./);
    expect(inLanguage('ko', said)).toContain('변수: $A 및 $B.');
    expect(inLanguage('zh-Hant', said)).toContain('沒有設定 $A和$B。');
    for (const language of languages) expect(inLanguage(language, said)).not.toMatch(/[{}]/);
  });

  it('of a version that is not known here is not guessed', () => {
    expect(inLanguage('ko', { key: 'no-such-sentence', details: {} })).toBeUndefined();
    expect(inLanguage('ko', { key: 'toString', details: {} })).toBeUndefined();
  });
});

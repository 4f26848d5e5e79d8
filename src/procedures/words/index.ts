import type { Site } from '../../config/site.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Words } from './types.ts';
import { zhHant } from './zh-Hant.ts';

const catalogues: Readonly<Record<Site['language'], Words>> = { en, ko, 'zh-Hant': zhHant };

export function wordsOf(language: Site['language']): Words {
  return catalogues[language];
}

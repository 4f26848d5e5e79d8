import { en } from './en.ts';
import { ko } from './ko.ts';
import { zhHant } from './zh-Hant.ts';

export type Language = 'en' | 'ko' | 'zh-Hant';

export type MessageKey = keyof typeof en;

/** A message with a form for each plural; languages without plurals have only `other`. */
export interface Plural {
  readonly one?: string;
  readonly other: string;
}

/** A translation: the same keys as in English, each a text where English has a text and plurals where it has plurals. */
export type Catalogue = {
  readonly [Key in MessageKey]: (typeof en)[Key] extends string ? string : Plural;
};

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, ko, 'zh-Hant': zhHant };

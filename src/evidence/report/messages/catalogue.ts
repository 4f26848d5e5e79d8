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

/** A translation of a catalogue: the same keys as in English, each a text where English has a text and plurals where it has plurals. */
export type Translation<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

export type Catalogue = Translation<typeof en>;

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, ko, 'zh-Hant': zhHant };

import type { Language, Translation } from '../../evidence/report/messages/catalogue.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { zhHant } from './zh-Hant.ts';

export type MessageKey = keyof typeof en;

export type Catalogue = Translation<typeof en>;

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, ko, 'zh-Hant': zhHant };

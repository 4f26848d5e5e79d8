import { z } from 'zod';
import type { Site } from '../../config/site.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { zhHant } from './zh-Hant.ts';

export type SentenceKey = keyof typeof en;

/** The same keys as in English. */
export type Catalogue = Readonly<Record<SentenceKey, string>>;

type Filling = string | readonly string[];

/** What is said of a runbook, before it is said in a language: which sentence, and what is filled in. */
export interface Sentence<Key extends string = SentenceKey> {
  readonly key: Key;
  readonly details: Readonly<Record<string, Filling>>;
}

/** A sentence as it is kept and sent: a reader of another version may not know its key. */
export const KeptSentence = z.object({
  key: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])),
});

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Details<Key extends SentenceKey> = [Names<(typeof en)[Key]>] extends [never]
  ? []
  : [details: Readonly<Record<Names<(typeof en)[Key]>, Filling>>];

/** Of sentences into which nothing is filled. */
export type PlainKey = { [Key in SentenceKey]: Details<Key> extends [] ? Key : never }[SentenceKey];

/** A sentence with all that its words name. */
export function sentence<Key extends SentenceKey>(key: Key, ...[details]: Details<Key>): Sentence<Key> {
  return { key, details: details ?? {} };
}

export const catalogues: Readonly<Record<Site['language'], Catalogue>> = { en, ko, 'zh-Hant': zhHant };

export function inEnglish({ key, details }: Sentence): string {
  return filled(en[key], details, 'en');
}

/** A reason as it stands beside what it explains. */
export function because(said: Sentence): { readonly why: string; readonly said: Sentence } {
  return { why: inEnglish(said), said };
}

/** The sentence in a language; undefined when it is not known here, as one that a newer version recorded. */
export function inLanguage(language: Site['language'], { key, details }: Sentence<string>): string | undefined {
  if (!Object.hasOwn(catalogues[language], key)) return undefined;
  return filled(catalogues[language][key as SentenceKey], details, language);
}

/** A text with its names in braces filled in; lists as the language writes them. */
export function filled(text: string, details: Sentence['details'], language: Site['language']): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(details, name) ? details[name] : undefined;
    if (value === undefined || typeof value === 'string') return value ?? whole;
    return new Intl.ListFormat(language).format(value);
  });
}

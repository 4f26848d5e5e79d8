import type { Language } from '../evidence/report/messages/catalogue.ts';
import { inHtml, makeReader, type Reader } from '../evidence/report/reader.ts';
import { catalogues } from './messages/catalogue.ts';
import type { en } from './messages/en.ts';

/** Who the bundle speaks to: words of its own, times and amounts as in the reports. */
export type Speaker = Reader<typeof en>;

/** `at` tells which offset of the time zone is named. */
export function speakerFor(language: Language, timezone: string, at: string): Speaker {
  return makeReader<typeof en, ReturnType<typeof inHtml.data>>(catalogues[language], inHtml, {
    language,
    timezone,
    at,
  });
}

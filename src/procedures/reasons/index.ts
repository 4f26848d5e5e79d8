import type { Site } from '../../config/site.ts';
import type { TargetOutcome } from '../../evidence/procedure-model.ts';
import { filled, type Sentence } from '../../runbooks/words/index.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { zhHant } from './zh-Hant.ts';

export type ReasonKey = keyof typeof en;

/** The same keys as in English. */
export type Catalogue = Readonly<Record<ReasonKey, string>>;

/** Why a target did not do what was expected, before it is said in a language. */
export type Reason = Sentence<ReasonKey>;

export const catalogues: Readonly<Record<Site['language'], Catalogue>> = { en, ko, 'zh-Hant': zhHant };

export function reason(key: ReasonKey, details: Reason['details'] = {}): Reason {
  return { key, details };
}

/** Reasons as they are recorded: in English, and so that any language can say them. None says nothing. */
export function recorded(reasons: readonly Reason[]): Pick<TargetOutcome, 'why' | 'said'> {
  return reasons.length === 0 ? {} : { why: reasonsIn('en', reasons) ?? '', said: [...reasons] };
}

/** Reasons in a language; undefined when one of them is not known here, as one that a newer version recorded. */
export function reasonsIn(language: Site['language'], reasons: readonly Sentence<string>[]): string | undefined {
  const known = reasons.filter(({ key }) => Object.hasOwn(catalogues[language], key));
  if (known.length < reasons.length) return undefined;
  return known.map(({ key, details }) => filled(catalogues[language][key as ReasonKey], details, language)).join(' ');
}

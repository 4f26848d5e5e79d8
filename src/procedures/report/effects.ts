import { labels } from '../../effects/types.ts';
import type { Language } from '../../evidence/report/messages/catalogue.ts';
import { effectNames } from '../../evidence/report/messages/effects.ts';

/** What a step does, in words; a label of another version as it was recorded. */
export function effectWords(language: Language, effects: readonly string[]): readonly string[] {
  return effects.map((effect) => {
    const label = labels.find((each) => each === effect);
    return label === undefined ? effect : effectNames[language][label];
  });
}

import type { Checklist } from '../types.ts';
import { periods } from './words.ts';

/** How often, as the nearest label or heading says it; the last of them is the nearest. */
export function everyOf(labels: readonly string[]): Pick<Checklist, 'every'> {
  for (const label of labels.toReversed()) {
    const found = periods.find(([, words]) => words.test(label));
    if (found !== undefined) return { every: found[0] };
  }
  return {};
}

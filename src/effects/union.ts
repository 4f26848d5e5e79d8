import { type Label, labels } from './types.ts';

/** What several pieces do together, in the order of the labels. What says nothing stands only where nothing else is said. */
export function unionOf(effects: Iterable<Label>): Label[] {
  const found = new Set(effects);
  const real = labels.filter((label) => found.has(label) && label !== 'none' && label !== 'not-shell');
  return real.length > 0 ? real : labels.filter((label) => found.has(label)).slice(0, 1);
}

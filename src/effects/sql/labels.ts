import { type Label, labels } from '../types.ts';

/** The union of sets of labels, in the order of the taxonomy. `none` and `not-shell` are left out as soon as there is another. */
export function union(...sets: Iterable<Label>[]): Label[] {
  const found = new Set<Label>();
  for (const set of sets) for (const label of set) found.add(label);
  if (found.size > 1) found.delete('none');
  if (found.size > 1) found.delete('not-shell');
  if (found.size === 0) return ['none'];
  return labels.filter((label) => found.has(label));
}

/** Reads labels written as words, as the data tables do: `write disrupt`. */
export function words(text: string): Label[] {
  return labels.filter((label) => ` ${text} `.includes(` ${label} `));
}

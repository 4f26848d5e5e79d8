import type { Labels } from '../knowledge/types.ts';
import { type Label, labels, type Place } from '../types.ts';

/** What is judged of one command so far: labels as bits, reasons in the order they were found. */
export interface Verdict {
  bits: number;
  whys: string[];
  place: Place;
  /** Labels of commands that are listed on their own. */
  nested?: number;
}

export const bit = Object.fromEntries(labels.map((label, index) => [label, 1 << index])) as Readonly<
  Record<Label, number>
>;

export function bitsOf(given: Labels): number {
  if (typeof given === 'string') return bit[given];
  let bits = 0;
  for (const label of given) bits |= bit[label];
  return bits;
}

/** The labels in their fixed order; `none` and `not-shell` only when nothing else is there. */
export function labelsOf(bits: number): readonly Label[] {
  const alone = bit.none | bit['not-shell'];
  const rest = bits & ~alone;
  if (rest !== 0) return labels.filter((label) => (rest & bit[label]) !== 0);
  return (bits & bit['not-shell']) !== 0 && (bits & bit.none) === 0 ? ['not-shell'] : ['none'];
}

export function add(verdict: Verdict, given: Labels, why: string): void {
  verdict.bits |= bitsOf(given);
  if (!verdict.whys.includes(why)) verdict.whys.push(why);
}

/** Labels so far are replaced: only for rules that say so, never for what another command contributed. */
export function replace(verdict: Verdict, given: Labels, why: string): void {
  verdict.bits = bitsOf(given);
  verdict.whys = [why];
}

import { type Label, labels } from '../../src/effects/types.ts';
import type { LabelledCommand } from './labelled.ts';

/** A labelled command and what a judge said of it, in the order of `labels`. */
export interface Judged {
  readonly labelled: LabelledCommand;
  readonly effects: readonly Label[];
}

export interface LabelCount {
  readonly expected: number;
  readonly right: number;
  readonly missed: number;
  readonly extra: number;
}

/** Labels that a person must never be spared. */
const dangerous: readonly Label[] = ['destroy', 'remote-delete', 'disrupt', 'privilege', 'secret'];
const harmless: readonly Label[] = ['none', 'read', 'not-shell'];

/** Asks a judge about each command, in order. */
export function judgeAll(set: readonly LabelledCommand[], judge: (command: string) => readonly Label[]): Judged[] {
  return set.map((labelled) => {
    const said = new Set(judge(labelled.command));
    return { labelled, effects: labels.filter((label) => said.has(label)) };
  });
}

export function isExact({ labelled, effects }: Judged): boolean {
  return labels.every((label) => labelled.effects.includes(label) === effects.includes(label));
}

/** Dangerous by its label, yet judged without one dangerous label and without `unknown`. */
export function isDangerMissed({ labelled, effects }: Judged): boolean {
  const warned = effects.some((label) => dangerous.includes(label) || label === 'unknown');
  return labelled.effects.some((label) => dangerous.includes(label)) && !warned;
}

/** A plain read by its label. */
export function isRead({ labelled }: Judged): boolean {
  return labelled.effects.length === 1 && labelled.effects[0] === 'read';
}

/** Harmless by its label, yet judged as something that needs a gate. */
export function isFalseAlarm({ labelled, effects }: Judged): boolean {
  return (
    labelled.effects.every((label) => harmless.includes(label)) && effects.some((label) => !harmless.includes(label))
  );
}

/** Share of those that fulfil it, 0 to 1; NaN of none. */
export function share(judged: readonly Judged[], fulfils: (one: Judged) => boolean): number {
  return judged.filter(fulfils).length / judged.length;
}

/** For each label how often it was due, found, missed and given without need. */
export function countLabels(judged: readonly Judged[]): Map<Label, LabelCount> {
  return new Map(
    labels.map((label) => {
      const count = (due: boolean, said: boolean): number =>
        judged.filter((one) => one.labelled.effects.includes(label) === due && one.effects.includes(label) === said)
          .length;
      const right = count(true, true);
      const missed = count(true, false);
      return [label, { expected: right + missed, right, missed, extra: count(false, true) }];
    }),
  );
}

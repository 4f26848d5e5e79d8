import type { ProcedureOutcome, StepOutcome } from '../evidence/procedure-model.ts';
import type { Answer } from '../execution/types.ts';
import type { Step } from '../runbooks/types.ts';

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A step's outcome while it comes about. */
export type Entry = Mutable<StepOutcome>;

/** What a run has done so far, step by step: filled while the run goes on, and again from its records when it is read back. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly alternatives: ProcedureOutcome['alternatives'] = [];
  readonly targets = new Map<string, ProcedureOutcome['targets'][number]>();

  constructor(steps: readonly Step[], expected: Readonly<Record<string, number>>) {
    for (const step of steps) {
      const expectedMs = expected[step.hash];
      this.entries.push({
        id: step.id,
        line: step.line,
        kind: step.kind,
        title: step.title,
        section: [...step.section],
        command: '',
        effects: [...step.effects],
        gates: [],
        hash: step.hash,
        outcome: 'not-reached',
        durationMs: 0,
        ...(expectedMs === undefined ? {} : { expectedMs }),
        attempts: 0,
        targets: [],
        answers: [],
        approvals: [],
        keptBefore: [],
      });
    }
  }

  entry(id: string): Entry {
    const found = this.entries.find((entry) => entry.id === id);
    if (found === undefined) throw new TypeError(`no step ${id} in this run`);
    return found;
  }

  /** What the commands that are still to come took in earlier runs, in milliseconds; undefined unless it is known of each. */
  expectedLeft(): number | undefined {
    const left = this.entries.filter(({ kind, outcome }) => kind === 'command' && outcome === 'not-reached');
    const known = left.flatMap(({ expectedMs }) => (expectedMs === undefined ? [] : [expectedMs]));
    return left.length === 0 || known.length < left.length ? undefined : known.reduce((sum, ms) => sum + ms, 0);
  }
}

/** Adds what a person said to a step's record. */
export function addAnswer(entry: Entry, question: string, answer: Answer): void {
  const { choice, reason, by, at, attachments } = answer;
  entry.answers.push({
    question,
    choice,
    by,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(attachments === undefined ? {} : { attachments: [...attachments] }),
  });
}

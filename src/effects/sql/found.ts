import type { Label, Place } from '../types.ts';
import { union } from './labels.ts';
import type { Verdict } from './types.ts';

/** What earlier statements of the same text made, and how SQL inside SQL is judged. */
export interface Known {
  readonly prepared: Map<string, readonly Label[]>;
  readonly routines: Map<string, readonly Label[]>;
  /** The statement's own text, where it is at hand. */
  readonly source?: string;
  /** Judges SQL that stands in a string; deeper than a few levels it is unknown. */
  judgeText(text: string): Verdict;
}

/** Gathers what a statement was found to do; for the lifetime of its judgement. */
export class Found {
  readonly #reasons = new Map<string, readonly Label[]>();
  readonly findings: { code: string; message: string }[] = [];
  readonly commands: { text: string; place: Place }[] = [];
  place: Place = 'database';

  add(effects: readonly Label[], why: string): void {
    this.#reasons.set(why, union(this.#reasons.get(why) ?? [], effects));
  }

  /** Takes over what a nested text was found to do. */
  take(verdict: Verdict, effects: readonly Label[] = verdict.effects): void {
    this.add(effects, verdict.why);
    for (const finding of verdict.findings ?? []) this.findings.push(finding);
    for (const command of verdict.commands ?? []) this.commands.push(command);
  }

  /** A few reasons are enough for a person; those that weigh most come first. */
  verdict(): Verdict {
    const reasons = [...this.#reasons];
    const effects = union(reasons.flatMap(([, labels]) => labels));
    const heavy = reasons.filter(([, labels]) => labels.some((label) => label !== 'read' && label !== 'none'));
    const said = (heavy.length > 0 ? heavy : reasons).slice(0, 4).map(([why]) => why);
    return {
      effects,
      why: said.length > 0 ? said.join('; ') : 'nothing that stays',
      place: this.place,
      findings: this.findings,
      commands: this.commands,
    };
  }
}

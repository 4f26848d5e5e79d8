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
  readonly #reasons: { readonly effects: readonly Label[]; readonly why: string }[] = [];
  readonly findings: { code: string; message: string }[] = [];
  readonly commands: { text: string; place: Place }[] = [];
  place: Place = 'database';

  add(effects: readonly Label[], why: string): void {
    if (this.#reasons.some((reason) => reason.why === why)) return;
    this.#reasons.push({ effects, why });
  }

  /** Takes over what a nested text was found to do. */
  take(verdict: Verdict, effects: readonly Label[] = verdict.effects): void {
    this.add(effects, verdict.why);
    this.findings.push(...(verdict.findings ?? []));
    this.commands.push(...(verdict.commands ?? []));
  }

  /** A few reasons are enough for a person; those that weigh most come first. */
  verdict(): Verdict {
    const effects = union(...this.#reasons.map((reason) => reason.effects));
    const heavy = this.#reasons.filter((reason) =>
      union(reason.effects).some((label) => label !== 'read' && label !== 'none'),
    );
    const said = (heavy.length > 0 ? heavy : this.#reasons).slice(0, 4).map((reason) => reason.why);
    return {
      effects,
      why: said.length > 0 ? said.join('; ') : 'nothing that stays',
      place: this.place,
      findings: this.findings,
      commands: this.commands,
    };
  }
}

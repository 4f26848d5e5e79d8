import { explain } from '../../effects/explain.ts';
import type { JudgedCommand } from '../../effects/types.ts';
import type { Procedure, ProcedureFinding, Step } from '../types.ts';
import { inEnglish, type Sentence } from '../words/index.ts';

/** One thing a reviewer looks for. Its code is permanent: people suppress and count by it. */
export interface Rule {
  readonly code: string;
  readonly level: ProcedureFinding['level'];
  /** What it finds and why that matters, one line: docs/runbooks.md holds the same. */
  readonly about: string;
  find(procedure: Procedure): ProcedureFinding[];
}

/** A finding at a step, at the line of an offset in its text. */
export function at(rule: Pick<Rule, 'code' | 'level'>, step: Step, said: Sentence, offset = 0): ProcedureFinding {
  const line = step.line + step.text.slice(0, offset).split('\n').length - 1;
  return {
    code: rule.code,
    level: rule.level,
    line: Math.min(line, Math.max(step.line, step.endLine)),
    step: step.id,
    message: inEnglish(said),
    said,
  };
}

export function commands(procedure: Procedure): readonly Step[] {
  return procedure.steps.filter(({ kind }) => kind === 'command');
}

/** One command of a step, where it stands in it. */
export interface Act extends Pick<JudgedCommand, 'text' | 'effects' | 'place'> {
  readonly step: Step;
  readonly offset: number;
}

const judged = new WeakMap<Step, readonly Act[]>();

/** The single commands of a step, in the order of its text. */
export function actsOf(step: Step): readonly Act[] {
  let acts = judged.get(step);
  if (acts === undefined) {
    acts =
      step.language === undefined
        ? []
        : explain(textOf(step), { language: step.language })
            .commands.map(({ text, effects, place, span }) => ({
              step,
              text: text.slice(0, 2000),
              effects,
              place,
              offset: span.start,
            }))
            .sort((a, b) => a.offset - b.offset);
    judged.set(step, acts);
  }
  return acts;
}

/** The highest headings below the title: what belongs together in a document. */
export function topSection(step: Step): string {
  return step.section.slice(0, 2).join('\n');
}

/** Steps that may really follow each other: those of another way of the same choice never do. */
export function sameWay(a: Step, b: Step): boolean {
  return a.alternative === undefined || b.alternative === undefined || a.alternative === b.alternative;
}

/** As much of a step's text as rules look at: longer ones are data, and patterns over them would take their time. */
export function textOf(step: Step): string {
  return step.text.slice(0, 20_000);
}

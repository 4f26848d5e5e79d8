import type { Procedure, ProcedureFinding, Step } from '../types.ts';

/** One thing a reviewer looks for. Its code is permanent: people suppress and count by it. */
export interface Rule {
  readonly code: string;
  readonly level: ProcedureFinding['level'];
  /** For docs/runbooks.md: what it means and why it matters, one line. */
  readonly about: string;
  find(procedure: Procedure): ProcedureFinding[];
}

/** A finding at a step, or at a line within it. */
export function at(rule: Pick<Rule, 'code' | 'level'>, step: Step, message: string, offset = 0): ProcedureFinding {
  const line = step.line + (step.text.slice(0, offset).split('\n').length - 1);
  return { code: rule.code, level: rule.level, line: Math.min(line, step.endLine), step: step.id, message };
}

export function commands(procedure: Procedure): readonly Step[] {
  return procedure.steps.filter(({ kind }) => kind === 'command');
}

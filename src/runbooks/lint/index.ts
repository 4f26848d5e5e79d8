import type { Procedure, ProcedureFinding } from '../types.ts';
import { rules } from './rules.ts';

/**
 * What a reviewer would say about a procedure: dangerous orders, steps that cannot be checked or taken back, commands that have had their
 * day. In the order of the document. Pure; docs/runbooks.md lists the rules.
 */
export function lintProcedure(procedure: Procedure): ProcedureFinding[] {
  return rules.flatMap((rule) => rule.find(procedure)).sort((a, b) => a.line - b.line || a.code.localeCompare(b.code));
}

/** The codes of these rules: what else is among a procedure's findings was found while it was read. */
export const lintCodes: ReadonlySet<string> = new Set(rules.map(({ code }) => code));

import type { Procedure, ProcedureFinding } from '../types.ts';
import { sentence } from '../words/index.ts';
import { at, commands, type Rule } from './rule.ts';

export const passwordInArguments: Rule = {
  code: 'password-in-arguments',
  level: 'warning',
  about: 'A password, token or key stands in a command: every user of the machine sees it, and so does the record.',
  find(procedure: Procedure): ProcedureFinding[] {
    return commands(procedure).flatMap((step) => {
      const finding = step.findings.find(({ code }) => code === 'credential-in-arguments');
      if (finding === undefined) return [];
      return [at(this, step, sentence('password-in-arguments'), finding.span.start)];
    });
  },
};

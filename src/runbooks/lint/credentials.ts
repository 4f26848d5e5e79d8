import type { Procedure, ProcedureFinding } from '../types.ts';
import { at, commands, type Rule } from './rule.ts';

export const passwordInArguments: Rule = {
  code: 'password-in-arguments',
  level: 'warning',
  about: 'A password, token or key stands in a command: every user of the machine sees it, and so does the record.',
  find(procedure: Procedure): ProcedureFinding[] {
    return commands(procedure).flatMap((step) => {
      const finding = step.findings.find(({ code }) => code === 'credential-in-arguments');
      if (finding === undefined) return [];
      return [
        at(
          this,
          step,
          'It has a password, token or key among its arguments. Write it as $NAME, and give it as a secret of the site file.',
          finding.span.start,
        ),
      ];
    });
  },
};

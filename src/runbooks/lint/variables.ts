import type { Procedure, ProcedureFinding } from '../types.ts';
import { at, commands, type Rule, textOf } from './rule.ts';

export const undefinedVariable: Rule = {
  code: 'undefined-variable',
  level: 'warning',
  about:
    'A shell variable is read that nothing in the document sets: a run asks for it, whoever copies the line gets an empty word.',
  find(procedure: Procedure): ProcedureFinding[] {
    const open = procedure.parameters.filter(({ source, forms }) => source === 'unresolved' && forms.includes('shell'));
    const byStep = new Map<string, typeof open>();
    for (const each of open) byStep.set(each.steps[0] ?? '', [...(byStep.get(each.steps[0] ?? '') ?? []), each]);
    return [...byStep].map(([step, unset]) => ({
      code: this.code,
      level: this.level,
      line: unset[0]?.lines[0] ?? 1,
      ...(step === '' ? {} : { step }),
      message: `Nothing sets ${unset.map(({ name }) => `$${name}`).join(', ')} before this. Copied to a shell ${unset.length === 1 ? 'it is' : 'they are'} empty; a run asks. --param, or \`parameters\` in the front matter, gives ${unset.length === 1 ? 'it' : 'them'}.`,
    }));
  },
};

export const fromEarlierBlock: Rule = {
  code: 'variable-from-earlier-block',
  level: 'warning',
  about: 'A variable is set in another block only: each step has a shell of its own and does not have it.',
  find(procedure: Procedure): ProcedureFinding[] {
    return procedure.parameters
      .filter(
        ({ source, forms, default: value }) =>
          source === 'document' && forms.includes('shell') && !forms.includes('front-matter') && value === undefined,
      )
      .map(({ name, lines, steps }) => ({
        code: this.code,
        level: this.level,
        line: lines[0] ?? 1,
        ...(steps[0] === undefined ? {} : { step: steps[0] }),
        message: `$${name} is set by an earlier block from what a command prints; a step begins with a fresh shell and does not have it. Let the earlier step print it and add \`capture=${name}\`.`,
      }));
  },
};

export const scriptArgument: Rule = {
  code: 'script-argument',
  level: 'warning',
  about: 'A script reads $1 or another argument that nobody gives when it runs as a step.',
  find(procedure: Procedure): ProcedureFinding[] {
    return commands(procedure).flatMap((step) => {
      if (step.language !== 'sh') return [];
      const shell = textOf(step)
        .replaceAll(/'[^']*'/g, (quoted) => ' '.repeat(quoted.length))
        .replaceAll(/^[ \t]*#.*$/gm, (comment) => ' '.repeat(comment.length));
      // In a function they are the function's own.
      if (/^[ \t]*(?:function\s+)?[\w-]+\s*\(\)\s*\{/m.test(shell) || /\bset\s+--\s/.test(shell)) return [];
      const match = /(?<![\\$])\$(?:([1-9])|\{([1-9])\})/.exec(shell);
      if (match === null) return [];
      return [
        at(
          this,
          step,
          `It reads the argument $${match[1] ?? match[2]}, and a step has none. Use a parameter: <name>.`,
          match.index,
        ),
      ];
    });
  },
};

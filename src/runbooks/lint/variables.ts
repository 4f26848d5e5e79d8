import type { Parameter, Procedure, ProcedureFinding } from '../types.ts';
import { inEnglish, type Sentence, sentence } from '../words/index.ts';
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
    return [...byStep].map(([step, unset]) =>
      atParameter(this, unset[0], step, sentence('undefined-variable', { names: unset.map(({ name }) => `$${name}`) })),
    );
  },
};

/** A finding where a parameter first stands. */
function atParameter(
  { code, level }: Rule,
  parameter: Parameter | undefined,
  step: string,
  said: Sentence,
): ProcedureFinding {
  const line = parameter?.lines[0] ?? 1;
  return { code, level, line, ...(step === '' ? {} : { step }), message: inEnglish(said), said };
}

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
      .map((parameter) => {
        const { name, steps } = parameter;
        const said = sentence('variable-from-earlier-block', { name: `$${name}`, annotation: `capture=${name}` });
        return atParameter(this, parameter, steps[0] ?? '', said);
      });
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
      return [at(this, step, sentence('script-argument', { argument: `$${match[1] ?? match[2]}` }), match.index)];
    });
  },
};

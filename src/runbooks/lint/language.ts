import type { Procedure, ProcedureFinding } from '../types.ts';
import { sentence } from '../words/index.ts';
import { at, commands, type Rule, textOf } from './rule.ts';

/** Signs that a text taken for a shell is of another language. */
const others: readonly (readonly [string, RegExp])[] = [
  ['PHP', /<\?php\b|^[ \t]*\$[a-z_]\w*\s*=\s*.*;\s*$/m],
  [
    'PowerShell',
    /^[ \t]*(?:Get|Set|New|Remove|Start|Stop|Restart|Import|Invoke|Test|Enable|Disable)-[A-Z][A-Za-z]+\b|\$env:[A-Z]/m,
  ],
  ['Python', /^[ \t]*(?:import [\w.]+(?: as \w+)?|from [\w.]+ import \S.*|def \w+\(.*\):)\s*$|^#!.*\bpython/m],
  ['JavaScript', /^[ \t]*(?:const|let) \w+ = .*;?\s*$|^#!.*\bnode\b/m],
  ['batch (.bat)', /^[ \t]*@echo off\b|^[ \t]*(?:set|SET) \w+=.*%\w+%/m],
  [
    'SQL',
    /^[ \t]*(?:SELECT\b.*\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (?:TABLE|VIEW|INDEX)|ALTER TABLE)\b/m,
  ],
];

export const wrongShell: Rule = {
  code: 'wrong-shell',
  level: 'error',
  about: 'A step that would go to a shell is written in another language.',
  find(procedure: Procedure): ProcedureFinding[] {
    return commands(procedure).flatMap((step) => {
      if (step.language !== 'sh') return [];
      const text = plainLines(textOf(step));
      for (const [name, sign] of others) {
        const match = sign.exec(text);
        if (match !== null) return [at(this, step, sentence('wrong-shell', { language: name }), match.index)];
      }
      return [];
    });
  },
};

/** What is in quotes or heredocs may be of any language: blanks take its place. */
function plainLines(text: string): string {
  return text
    .replaceAll(/<<-?\s*\\?["']?(\w+)["']?[^\n]*\n[\s\S]*?\n\s*\1\s*(?=\n|$)/g, blank)
    .replaceAll(/"(?:[^"\\]|\\[\s\S])*"|'[^']*'/g, blank)
    .replaceAll(/^[ \t]*#(?!!).*$/gm, blank);
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

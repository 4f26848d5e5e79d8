import type { Procedure, ProcedureFinding } from '../types.ts';
import { sentence } from '../words/index.ts';
import { actsOf, at, commands, type Rule } from './rule.ts';

export const firewallLocksOut: Rule = {
  code: 'firewall-locks-out',
  level: 'error',
  about:
    'All packets of a chain are dropped before any rule lets some through: the session that types it is cut off too.',
  find(procedure: Procedure): ProcedureFinding[] {
    const found: ProcedureFinding[] = [];
    const accepted = new Set<string>();
    for (const step of commands(procedure)) {
      for (const { text, offset } of actsOf(step)) {
        const rule = /\bip6?tables\b(.*)/s.exec(text)?.[1];
        if (rule === undefined) continue;
        const chain = /\s(?:-A|--append|-I|--insert|-P|--policy)\s+(INPUT|OUTPUT|FORWARD)\b/.exec(rule)?.[1];
        if (chain === undefined) continue;
        if (/\s-j\s+ACCEPT\b/.test(rule)) accepted.add(chain);
        const all =
          /\s(?:-P|--policy)\s+\w+\s+(?:DROP|REJECT)\b/.test(rule) ||
          (/\s-j\s+(?:DROP|REJECT)\b/.test(rule) &&
            !/\s(?:-p|--protocol|-i|-o|--dport|--sport|-m)\s/.test(rule) &&
            !/\s-[sd]\s+(?!0\.0\.0\.0\/0|::\/0)\S/.test(rule));
        if (!all || accepted.has(chain)) continue;
        accepted.add(chain);
        found.push(at(this, step, sentence('firewall-locks-out', { chain }), offset));
      }
    }
    return found;
  },
};

import { deviceFile, secretFile, systemFile } from '../knowledge/paths.ts';
import type { Arg } from './arg.ts';
import { add, type Verdict } from './verdict.ts';

/** What a redirection does, in the place where it is typed. */
export function redirect(operator: string, target: Arg, verdict: Verdict, empties: boolean): void {
  const path = target.text;
  if (operator === '<&' || (operator === '>&' && /^(?:\d+-?|-)$/.test(path))) return;
  if (/^\/dev\/(?:tcp|udp)\//.test(path)) {
    add(verdict, ['egress', 'unknown'], 'opens a connection of the shell');
    return;
  }
  if (operator === '<') {
    if (secretFile.test(path)) add(verdict, ['read', 'secret'], `reads ${path}, which holds credentials`);
    return;
  }
  if (/^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+|pts\/\d+|zero)$/.test(path) || target.process?.[0] === '>') return;
  if (deviceFile.test(path)) add(verdict, 'destroy', `overwrites the device ${path}`);
  else if (operator === '>>' || operator === '&>>') add(verdict, 'write', 'appends to a file');
  else if (systemFile.test(path)) add(verdict, 'destroy', `overwrites ${path}`);
  else if (/^\/(?:proc|sys)\//.test(path)) add(verdict, ['write', 'disrupt'], 'changes the running kernel');
  else if (empties) add(verdict, 'destroy', 'empties a file');
  else add(verdict, 'write', 'writes a file');
}

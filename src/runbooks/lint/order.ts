import type { Procedure, ProcedureFinding, Step } from '../types.ts';
import { sentence } from '../words/index.ts';
import { actsOf, at, commands, type Rule, sameWay, textOf, topSection } from './rule.ts';
import {
  backupCheck,
  backupCommand,
  dataLoss,
  restoreCommand,
  restoreWords,
  revokeWords,
  theftWords,
} from './words.ts';

export const restoreBeforeCheck: Rule = {
  code: 'restore-before-backup-check',
  level: 'warning',
  about:
    'A backup is put back before anybody looked at it: an error when the look comes after, as then it was meant to be before.',
  find(procedure: Procedure): ProcedureFinding[] {
    const found: ProcedureFinding[] = [];
    const told = new Set<string>();
    for (const [index, step] of procedure.steps.entries()) {
      if (step.kind !== 'command') continue;
      const place = restoreCommand.exec(textOf(step));
      if (place === null || told.has(topSection(step))) continue;
      const before = procedure.steps.slice(0, index).filter((each) => sameWay(each, step));
      if (backupCheck.test(textOf(step).slice(0, place.index)) || before.some(looksAtBackup)) continue;
      const after =
        backupCheck.test(textOf(step).slice(place.index + place[0].length)) ||
        procedure.steps
          .slice(index + 1)
          .some((each) => topSection(each) === topSection(step) && sameWay(each, step) && looksAtBackup(each));
      told.add(topSection(step));
      found.push(
        after
          ? at({ ...this, level: 'error' }, step, sentence('restore-before-backup-check-late'), place.index)
          : at(this, step, sentence('restore-before-backup-check'), place.index),
      );
    }
    return found;
  },
};

function looksAtBackup(step: Step): boolean {
  return backupCheck.test(`${step.title}\n${textOf(step)}`);
}

export const accessNotRevoked: Rule = {
  code: 'access-not-revoked-first',
  level: 'warning',
  about:
    'After a theft or an intrusion things are brought back while whoever has the access still has it: an error when it is taken away only later.',
  find(procedure: Procedure): ProcedureFinding[] {
    const found: ProcedureFinding[] = [];
    const whole = theftWords.test(`${procedure.title}\n${procedure.description ?? ''}`);
    const scopes = new Map<string, Step[]>();
    for (const step of procedure.steps) {
      const heading = step.section.findLast((part) => theftWords.test(part));
      const scope = heading ?? (whole ? '' : undefined);
      if (scope !== undefined) scopes.set(scope, [...(scopes.get(scope) ?? []), step]);
    }
    for (const steps of scopes.values()) {
      const recovery = steps.findIndex((step) =>
        step.kind === 'command'
          ? restoreCommand.test(textOf(step))
          : restoreWords.test(step.title) && !revokeWords.test(step.title),
      );
      const step = steps[recovery];
      const revoke = steps.findIndex((each) =>
        revokeWords.test(`${each.section.at(-1) ?? ''}\n${each.title}\n${textOf(each)}`),
      );
      if (step === undefined || (revoke >= 0 && revoke <= recovery)) continue;
      found.push(
        revoke > recovery
          ? at({ ...this, level: 'error' }, step, sentence('access-not-revoked-first-late'))
          : at(this, step, sentence('access-not-revoked-first')),
      );
    }
    return found;
  },
};

export const dropBeforeDump: Rule = {
  code: 'drop-before-dump',
  level: 'error',
  about: 'Data is thrown away, and the backup of it comes after.',
  find(procedure: Procedure): ProcedureFinding[] {
    const found: ProcedureFinding[] = [];
    const acts = commands(procedure).flatMap(actsOf);
    for (const [index, act] of acts.entries()) {
      if (!dataLoss.test(act.text) || !act.effects.some((label) => label === 'destroy' || label === 'remote-delete'))
        continue;
      const near = (each: (typeof acts)[number]) =>
        topSection(each.step) === topSection(act.step) && sameWay(each.step, act.step);
      const isBackup = (each: (typeof acts)[number]) => near(each) && backupCommand.test(each.text);
      if (acts.slice(0, index).some(isBackup)) continue;
      const later = acts.slice(index + 1).find(isBackup);
      if (later === undefined) continue;
      const said =
        later.step.id === act.step.id
          ? sentence('drop-before-dump-same')
          : sentence('drop-before-dump', { step: later.step.id });
      found.push(at(this, act.step, said, act.offset));
      break;
    }
    return found;
  },
};

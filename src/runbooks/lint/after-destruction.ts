import type { Label } from '../../effects/types.ts';
import type { Procedure, ProcedureFinding, Step } from '../types.ts';
import { sentence } from '../words/index.ts';
import { actsOf, at, commands, type Rule, sameWay, textOf, topSection } from './rule.ts';
import { backupCommand, rollbackWords, verifyWords } from './words.ts';

/** A command step that destroys more than the temporary files of its own script. */
function destroys(step: Step): boolean {
  if (step.kind !== 'command' || !step.effects.some(isLoss)) return false;
  const losses = actsOf(step).filter(({ effects }) => effects.some(isLoss));
  return losses.length === 0 || losses.some(({ text }) => !tidies(text, textOf(step)));
}

function isLoss(label: Label): boolean {
  return label === 'destroy' || label === 'remote-delete';
}

/** `rm /tmp/x`, or a variable that the script sets to a path there. */
function tidies(command: string, script: string): boolean {
  const [name = '', ...words] = command.replaceAll(/["']/g, '').split(/\s+/);
  if (!/^(?:rm|shred|unlink)$/.test(name)) return false;
  return words
    .filter((word) => !word.startsWith('-'))
    .every((word) => {
      const variable = /^\$\{?(\w+)/.exec(word)?.[1];
      const path =
        variable === undefined ? word : (new RegExp(String.raw`\b${variable}=["']?(\S*)`).exec(script)?.[1] ?? '');
      return /^\/(?:var\/)?tmp\/./.test(path) || /^\$\(mktemp\b/.test(path);
    });
}

export const noVerifyAfterDestroy: Rule = {
  code: 'no-verify-after-destroy',
  level: 'warning',
  about: 'A step destroys and nothing after it, in its section, looks at what is there then.',
  find(procedure: Procedure): ProcedureFinding[] {
    return procedure.steps.flatMap((step, index) => {
      if (!destroys(step) || step.annotations.expect !== undefined || looksAfterwards(step)) return [];
      const later = procedure.steps
        .slice(index + 1)
        .filter((each) => sameWay(each, step) && (topSection(each) === topSection(step) || isUnderVerify(each)));
      if (later.some(isVerification)) return [];
      return [at(this, step, sentence('no-verify-after-destroy'))];
    });
  },
};

/** Its own text ends by looking: a script with its check inside. */
function looksAfterwards(step: Step): boolean {
  const acts = actsOf(step);
  const last = acts.findLastIndex(({ effects }) => effects.some(isLoss));
  return acts.slice(last + 1).some(({ effects }) => effects.length === 1 && effects[0] === 'read');
}

/** In a section of its own: `## Verify`. */
function isUnderVerify({ section }: Step): boolean {
  return verifyWords.test(section.at(-1) ?? '');
}

function isVerification(step: Step): boolean {
  if (step.kind === 'command')
    return step.effects.includes('read') && step.effects.every((label) => label === 'read' || label === 'none');
  return verifyWords.test(`${step.title}\n${textOf(step)}`);
}

export const noRollback: Rule = {
  code: 'no-rollback',
  level: 'warning',
  about: 'A step destroys, and there is no way back: no rollback, no section about one, no backup before it.',
  find(procedure: Procedure): ProcedureFinding[] {
    const seen: Step[] = [];
    return procedure.steps.flatMap((step) => {
      seen.push(step);
      if (!destroys(step) || step.annotations.rollback !== undefined || isWayBack(procedure, step)) return [];
      const near = procedure.steps.filter((each) => topSection(each) === topSection(step));
      if (near.some((each) => rollbackWords.test(`${each.section.join('\n')}\n${each.title}`))) return [];
      const kept = seen.some(
        (each) => each.language !== undefined && backupCommand.test(textOf(each)) && sameWay(each, step),
      );
      if (kept) return [];
      return [at(this, step, sentence('no-rollback'))];
    });
  },
};

/** What takes another step back needs no way back of its own. */
function isWayBack({ steps }: Procedure, { id, role }: Step): boolean {
  return role === 'rollback' || steps.some(({ annotations }) => annotations.rollback === `#${id}`);
}

export const execAfterScaleToZero: Rule = {
  code: 'exec-after-scale-to-zero',
  level: 'error',
  about: 'A pod is entered after its workload was scaled to none: it is not there any more, and what follows fails.',
  find(procedure: Procedure): ProcedureFinding[] {
    const found: ProcedureFinding[] = [];
    const stopped = new Map<string, string>();
    for (const step of commands(procedure)) {
      for (const { text, offset } of actsOf(step)) {
        const scaled = /\bkubectl\b.*\bscale\b/.test(text) ? /--replicas[= ](\d+)/.exec(text) : null;
        if (scaled !== null) {
          for (const name of namesIn(text)) {
            if (scaled[1] === '0') stopped.set(name, step.id);
            else stopped.delete(name);
          }
          continue;
        }
        const pod = podEntered(text);
        const by = pod === undefined ? undefined : stopped.get(pod);
        if (pod === undefined || by === undefined) continue;
        found.push(at(this, step, sentence('exec-after-scale-to-zero', { pod, step: by }), offset));
        stopped.delete(pod);
      }
    }
    return found;
  },
};

/** `db` of `kubectl exec -n x db-0 -- ls`. */
function podEntered(text: string): string | undefined {
  const words = text.split(/\s+/);
  const from = words.indexOf('exec');
  if (from < 0 || !words.includes('kubectl')) return undefined;
  const to = words.indexOf('--', from);
  const named = words.slice(from + 1, to < 0 ? undefined : to);
  return named
    .map((word) => /^(?:pods?\/)?([a-z][a-z0-9-]{0,200})-\d+$/.exec(word)?.[1])
    .find((name) => name !== undefined);
}

function namesIn(text: string): string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/^(?:statefulset|deployment|sts|deploy|rs|replicaset)s?\//, ''))
    .filter(
      (word) =>
        /^[a-z][a-z0-9-]*$/.test(word) && !/^(?:kubectl|scale|statefulsets?|deployments?|sts|deploy|sudo)$/.test(word),
    );
}

import type { TargetOutcome } from '../evidence/procedure-model.ts';
import type { Answer, Question } from '../execution/types.ts';
import type { Step } from '../runbooks/types.ts';
import type { Identity } from '../targets/types.ts';
import type { Company } from './company.ts';
import { addAnswer, type Entry } from './ledger.ts';
import { destroys, isDangerous, keepingOf, placeInText, type Resolved } from './plan-step.ts';
import { whyOnEach } from './summary.ts';

/** Asks a person about a step, and keeps in its record what they said. */
export async function asked(
  { run, words }: Pick<Company, 'run' | 'words'>,
  entry: Entry,
  question: Question,
): Promise<Answer> {
  const answer = await run.ask({ ...question, language: words.language });
  addAnswer(entry, question.name, answer);
  return answer;
}

/** Whether a command may run, put to a person with all that they need to decide. What cannot be taken back is typed. */
export async function confirm(
  { run, words, estate, sessions, world }: Company,
  { name, title, step }: { readonly name: string; readonly title: string; readonly step: Step },
  entry: Entry,
  resolved: Resolved,
): Promise<Answer & { readonly next: 'go-on' | 'skip' | 'stop' }> {
  const danger = isDangerous(resolved.effects);
  const said = placeInText(step);
  const { site } = world.input.source;
  const kept = (destroys(resolved.effects) ? resolved.places.targets : []).flatMap((target) =>
    keepingOf(site, target).map((one) => `${one.name} (${target.name})`),
  );
  const answer = await asked({ run, words }, entry, {
    name,
    kind: 'confirm',
    title,
    details: [
      ...estate.redact(resolved.shown).split('\n'),
      words.where(resolved.places.targets.map(({ name }) => described(name, sessions.proven.get(name))).join('; ')),
      ...(said === undefined ? [] : [words.placeInText(said)]),
      words.effects(resolved.effects.join(', ')),
      ...(resolved.gates.length === 0 ? [] : [words.gates(resolved.gates.join(', '))]),
      ...(kept.length === 0 ? [] : [words.keptBefore(kept.join(', '))]),
      ...(danger ? [words.dangerous] : []),
    ],
    choices: [
      { id: 'run', label: words.choices.run, ...(danger ? { typed: resolved.places.name } : {}) },
      { id: 'skip', label: words.choices.skip, reason: 'required' },
      { id: 'abort', label: words.choices.abort, reason: 'optional' },
    ],
  });
  return { ...answer, next: answer.choice === 'run' ? 'go-on' : answer.choice === 'abort' ? 'stop' : 'skip' };
}

/** A target with who it proved to be: the name alone may lead elsewhere than one thinks. */
function described(name: string, identity: Identity = {}): string {
  const facts = Object.entries(identity).map(([fact, value]) => `${fact} ${value}`);
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

/** Nobody can tell what became of it: a person says, or has it looked at again. */
export async function settle(
  { run, words, world }: Company,
  title: string,
  entry: Entry,
  unknown: readonly TargetOutcome[],
  name: string,
): Promise<'look' | 'done' | 'failed'> {
  entry.outcome = 'unknown';
  const answer = await asked({ run, words }, entry, {
    name: `${name}:unknown`,
    kind: 'unknown-outcome',
    title: words.unknownOutcome(title),
    details: whyOnEach(unknown, world.input.source.site.language),
    choices: [
      { id: 'look', label: words.choices.look, reason: 'optional' },
      { id: 'was-done', label: words.choices.wasDone, reason: 'required' },
      { id: 'was-not-done', label: words.choices.wasNotDone, reason: 'required' },
    ],
  });
  return answer.choice === 'look' ? 'look' : answer.choice === 'was-done' ? 'done' : 'failed';
}

import type { ProcedureOutcome, StepOutcome } from '../../evidence/procedure-model.ts';
import { takenMs } from '../taken.ts';
import type { HandOverExtras } from './hand-over-extras.ts';
import { few, type Part, plain, titleOf } from './hand-over-part.ts';
import { moment } from './say.ts';
import type { Words } from './words.ts';

/** The last of what ran: that is where it stands. */
export function ranPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
  const ran = outcome.steps.filter((step) => step.outcome === 'succeeded').reverse();
  const items = ran.map((step) =>
    words.say('ranItem', {
      step: titleOf(words, step),
      time: step.finishedAt === undefined ? '–' : moment(words, outcome, step.finishedAt),
      taken: words.duration(takenMs(step)),
    }),
  );
  return {
    ...plain,
    id: 'ran',
    title: words.say('ranTitle'),
    said: ran.length === 0 ? [words.say('nothingRan')] : [],
    items: few(words, items).map((title) => ({ title, said: [] })),
  };
}

/** Who did, agreed to or decided what, and whom site and runbook name. */
export function askPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
  const roles = new Map<string, Text[]>([[outcome.actor, [words.say('roleActor')]]]);
  const add = (person: string, role: Text): void => {
    roles.set(person, [...(roles.get(person) ?? []), role]);
  };
  for (const [key, stepsOf] of [
    ['roleApproved', (step: StepOutcome) => step.approvals.map(({ by }) => by)],
    ['roleAnswered', (step: StepOutcome) => step.answers.map(({ by }) => by)],
  ] as const) {
    for (const person of new Set(outcome.steps.flatMap(stepsOf))) {
      const steps = outcome.steps.filter((step) => stepsOf(step).includes(person)).map((step) => titleOf(words, step));
      add(person, words.say(key, { steps: words.list(few(words, steps, 3)) }));
    }
  }
  for (const { name, role, contact } of extras.people ?? []) {
    const facts = [role, contact].filter((fact) => fact !== undefined && fact !== '');
    if (facts.length > 0) add(name, words.data(facts.join(', ')));
    else if (!roles.has(name)) roles.set(name, []);
  }
  const items = [...roles].map(([person, [begin, ...others]]) => {
    if (begin === undefined) return words.data(person);
    const is = others.reduce((first, second) => words.say('both', { first, second }), begin);
    return words.say('personIs', { person: words.data(person), roles: is });
  });
  return {
    ...plain,
    id: 'ask',
    title: words.say('askTitle'),
    items: few(words, items, 12).map((title) => ({ title, said: [] })),
  };
}

/** Where all of it is. */
export function filesPart<Text>(words: Words<Text>, { report, evidence }: Files): Part<Text> {
  const items = [
    words.say('fileReport', { file: words.code(report) }),
    words.say('fileEvidence', { file: words.code(evidence) }),
  ];
  return { ...plain, id: 'files', title: words.say('filesTitle'), items: items.map((title) => ({ title, said: [] })) };
}

export interface Files {
  readonly report: string;
  readonly evidence: string;
}

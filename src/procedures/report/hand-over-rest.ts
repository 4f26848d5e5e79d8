import type { ProcedureOutcome, StepOutcome } from '../../evidence/procedure-model.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { HandOverExtras } from './hand-over-extras.ts';
import { few, type Part, plain, titleOf } from './hand-over-part.ts';
import { moment, together, tookOf, wordOf } from './say.ts';
import type { Words } from './words.ts';

/** The last of what ran: that is where it stands. */
export function ranPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
  const ran = outcome.steps.filter((step) => step.outcome === 'succeeded' && wordOf(step) === undefined).reverse();
  const items = ran.map((step) => {
    const took = tookOf(step);
    const time = step.finishedAt === undefined ? '–' : moment(words, outcome, step.finishedAt);
    return took === undefined
      ? words.say('ranItemAt', { step: titleOf(words, step), time })
      : words.say('ranItem', { step: titleOf(words, step), time, taken: words.duration(took) });
  });
  return {
    ...plain,
    id: 'ran',
    title: words.say('ranTitle'),
    said: ran.length === 0 ? [words.say('nothingRan')] : [],
    items: few(words, items).map((title) => ({ title, said: [] })),
  };
}

/** Who decides, by the roles and the gates of the site; who did, agreed to or decided what; whom the runbook names. */
export function askPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
  const roles = new Map<string, Text[]>();
  const add = (person: string, role: Text): void => {
    roles.set(person, [...(roles.get(person) ?? []), role]);
  };
  for (const { name, roles: held } of extras.deciders ?? [])
    if (held.length > 0)
      add(name, words.say('roleOfSite', { roles: words.list(held.map((role) => words.data(role))) }));
  for (const { name, gates } of extras.deciders ?? []) {
    const opens = gates.map((gate) => (gate === '*' ? words.say('everyGate') : words.code(gate)));
    if (opens.length > 0) add(name, words.say('roleOpens', { gates: words.list(few(words, opens, 6)) }));
  }
  add(outcome.actor, words.say('roleActor'));
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
  const items = [...roles].map(([person, all]) => {
    const is = together(words, all);
    return is === undefined ? words.data(person) : words.say('personIs', { person: words.data(person), roles: is });
  });
  return {
    ...plain,
    id: 'ask',
    title: words.say('askTitle'),
    items: few(words, items, 12).map((title) => ({ title, said: [] })),
  };
}

/** Where all of it is. */
export function filesPart<Text>(words: Words<Text>, { run }: ProcedureOutcome, files: Files | undefined): Part<Text> {
  const items = [
    ...(files === undefined
      ? []
      : [
          words.say('fileReport', { file: words.code(files.report) }),
          words.say('fileEvidence', { file: words.code(files.evidence) }),
        ]),
    words.say('fileRecord', { command: words.code(`holdfast runs show ${shellWord(run)}`) }),
  ];
  return { ...plain, id: 'files', title: words.say('filesTitle'), items: items.map((title) => ({ title, said: [] })) };
}

export interface Files {
  readonly report: string;
  readonly evidence: string;
}

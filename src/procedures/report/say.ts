import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../../evidence/procedure-model.ts';
import type { Tone } from '../../evidence/report/icons.ts';
import { inLanguage } from '../../runbooks/words/index.ts';
import type { Words } from './words.ts';

type Key = Parameters<Words<string>['say']>[0];

/** Keys of the catalogue for the words of the model. */
const endings = {
  completed: ['good', 'endCompleted', 'saidCompleted'],
  'completed-with-gaps': ['unsure', 'endGaps', 'saidGaps'],
  stopped: ['bad', 'endStopped', 'saidStopped'],
  cancelled: ['unsure', 'endCancelled', 'saidCancelled'],
} as const;

export function endingTone({ ending }: ProcedureOutcome): Tone {
  return endings[ending][0];
}

export function endingWord<Text>(words: Words<Text>, { ending }: ProcedureOutcome): Text {
  return words.say(endings[ending][1]);
}

/** One sentence: how it ended, and how many steps became what. */
export function endingSentence<Text>(words: Words<Text>, outcome: ProcedureOutcome): Text {
  const count = (which: StepOutcome['outcome']): number =>
    outcome.steps.filter((step) => step.outcome === which).length;
  const parts = [
    words.say('partDone', { count: count('succeeded') }),
    ...(
      [
        ['unknown', 'partUnknown'],
        ['failed', 'partFailed'],
        ['cancelled', 'partCancelled'],
        ['rolled-back', 'partRolledBack'],
        ['skipped', 'partSkipped'],
        ['not-reached', 'partNotReached'],
      ] as const
    ).flatMap(([which, key]) => (count(which) === 0 ? [] : [words.say(key, { count: count(which) })])),
  ];
  return words.say(endings[outcome.ending][2], { parts: words.list(parts) });
}

const outcomes = {
  succeeded: ['good', 'succeeded'],
  failed: ['bad', 'failed'],
  skipped: ['unsure', 'skipped'],
  'not-chosen': ['plain', 'notChosen'],
  'not-reached': ['plain', 'notReached'],
  cancelled: ['unsure', 'cancelled'],
  unknown: ['unsure', 'unknown'],
  'rolled-back': ['unsure', 'rolledBack'],
  'timed-out': ['bad', 'timedOut'],
  'not-started': ['plain', 'notStarted'],
} as const satisfies Record<StepOutcome['outcome'] | TargetOutcome['outcome'], readonly [Tone, Key]>;

export function outcomeTone(outcome: keyof typeof outcomes): Tone {
  return outcomes[outcome][0];
}

export function outcomeWord<Text>(words: Words<Text>, outcome: keyof typeof outcomes): Text {
  return words.say(outcomes[outcome][1]);
}

const kinds = {
  command: 'kindCommand',
  manual: 'kindManual',
  question: 'kindQuestion',
  decision: 'kindDecision',
  'checklist-item': 'kindChecklist',
} as const;

export function kindWord<Text>(words: Words<Text>, kind: StepOutcome['kind']): Text {
  return words.say(kinds[kind]);
}

const choices = {
  run: 'choiceRun',
  skip: 'choiceSkip',
  retry: 'choiceRetry',
  rollback: 'choiceRollback',
  abort: 'choiceAbort',
  done: 'choiceDone',
} as const;

/** A choice that every run has, in the reader's language; another as it was recorded. */
export function choiceWord<Text>(words: Words<Text>, choice: string): Text {
  return Object.hasOwn(choices, choice) ? words.say(choices[choice as keyof typeof choices]) : words.data(choice);
}

const sources = {
  given: 'sourceGiven',
  site: 'sourceSite',
  asked: 'sourceAsked',
  captured: 'sourceCaptured',
  default: 'sourceDefault',
} as const;

export function sourceWord<Text>(words: Words<Text>, source: ProcedureOutcome['parameters'][number]['source']): Text {
  return words.say(sources[source]);
}

/** Time of day where the whole run is of one day, else with the day. */
export function moment<Text>(words: Words<Text>, outcome: ProcedureOutcome, iso: string): Text {
  return words.isSameDay(outcome.startedAt, outcome.finishedAt) ? words.clock(iso) : words.moment(iso);
}

/** What a target proved to be: `host-name db1.harbour, machine-id 3f0c9a7d21`. */
export function identityOf<Text>(words: Words<Text>, outcome: ProcedureOutcome, target: string): Text | undefined {
  const facts = Object.entries(outcome.targets.find(({ name }) => name === target)?.identity ?? {});
  if (facts.length === 0) return undefined;
  return words.list(
    facts.map(([name, value]) => words.say('identityFact', { name: words.data(name), value: words.code(value) })),
  );
}

/** Why a step is not done, as whoever decided it said. */
export function skipReason<Text>(words: Words<Text>, step: StepOutcome): Text | undefined {
  if (step.outcome !== 'skipped') return undefined;
  const said = step.answers.findLast(({ choice }) => choice === 'skip') ?? step.answers.at(-1);
  if (said === undefined) return words.say('skippedByNobody');
  const reason = said.reason === undefined ? words.say('noReason') : words.data(said.reason);
  return words.say('skippedBy', { by: words.data(said.by), reason });
}

/** Which processes of a cancelled step are left; that none is, only where it was looked for. */
export function survivorsOf<Text>(words: Words<Text>, { survivors }: TargetOutcome): Text | undefined {
  if (survivors === undefined) return undefined;
  return survivors.length === 0
    ? words.say('noSurvivors')
    : words.say('survivors', { pids: words.list(survivors.map((pid) => words.data(String(pid)))) });
}

/** What is to be said of a target beside its result. */
export function remarksOf<Text>(words: Words<Text>, target: TargetOutcome): readonly Text[] {
  const survivors = survivorsOf(words, target);
  return [
    ...(target.why === undefined ? [] : [words.data(target.why)]),
    ...(target.attached ? [words.say('attached')] : []),
    ...(survivors === undefined ? [] : [survivors]),
  ];
}

/** Why lines of the runbook were not understood, in the reader's language where the record says it in a way that can be translated. */
export function notUnderstoodWhy<Text>(
  words: Words<Text>,
  { why, said }: ProcedureOutcome['notUnderstood'][number],
): Text {
  return words.data((said === undefined ? undefined : inLanguage(words.language, said)) ?? why);
}

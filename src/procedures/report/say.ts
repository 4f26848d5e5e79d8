import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../../evidence/procedure-model.ts';
import type { Tone } from '../../evidence/report/icons.ts';
import { inLanguage } from '../../runbooks/words/index.ts';
import { reasonsIn } from '../reasons/index.ts';
import { takenMs } from '../taken.ts';
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

/** Who said what became of a step where its targets could not tell; undefined where they could, or where nobody has said. */
export function wordOf(step: StepOutcome): StepOutcome['answers'][number] | undefined {
  if (step.outcome === 'unknown' || !step.targets.some(isUnknown)) return undefined;
  return step.answers.findLast(({ choice }) => choice === 'was-done' || choice === 'was-not-done');
}

/** Whether what became of a step on a target is not known. */
export function isUnknown({ outcome }: TargetOutcome): boolean {
  return outcome === 'unknown';
}

/** How a step ended, and whether that is known from its targets or only from what somebody said. */
export function stepStatus<Text>(words: Words<Text>, step: StepOutcome): readonly [tone: Tone, word: Text] {
  if (step.outcome === 'succeeded' && wordOf(step) !== undefined) return ['unsure', words.say('doneByWord')];
  return [outcomeTone(step.outcome), outcomeWord(words, step.outcome)];
}

/** What somebody said became of a step, and why they think so. */
export function wordSaid<Text>(words: Words<Text>, outcome: ProcedureOutcome, step: StepOutcome): Text | undefined {
  const said = wordOf(step);
  return (
    said &&
    words.say(said.choice === 'was-done' ? 'saidDone' : 'saidNotDone', {
      by: words.data(said.by),
      time: moment(words, outcome, said.at),
      reason: words.data(said.reason ?? ''),
    })
  );
}

/** By whom and why the glass of a gate of it was broken. */
export function glassSaid<Text>(words: Words<Text>, { brokenGlass = [] }: StepOutcome): readonly Text[] {
  return brokenGlass.map(({ gate, id, by, reason }) =>
    words.say('brokenGlassBy', {
      gate: words.code(gate),
      by: words.data(by.join(', ')),
      reason: words.data(reason),
      id: words.code(id),
    }),
  );
}

const questions = [
  [/:confirm$/, 'askedConfirm'],
  [/:manual$/, 'askedManual'],
  [/:failed-[\d-]+$/, 'askedFailed'],
  [/:unknown$/, 'askedUnknown'],
  [/^value:/, 'askedValue'],
] as const;

/** What was asked, by the name that every run gives its questions; another as it was recorded. */
export function questionWord<Text>(words: Words<Text>, question: string): Text {
  if (/~rollback.*:confirm$/.test(question)) return words.say('askedRollback');
  const found = questions.find(([name]) => name.test(question));
  return found === undefined ? words.data(question) : words.say(found[1]);
}

const choices = {
  run: 'choiceRun',
  skip: 'choiceSkip',
  retry: 'choiceRetry',
  rollback: 'choiceRollback',
  abort: 'choiceAbort',
  done: 'choiceDone',
  look: 'choiceLook',
  'was-done': 'choiceWasDone',
  'was-not-done': 'choiceWasNotDone',
  value: 'choiceValue',
  leave: 'choiceLeave',
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

/**
 * Why a target did not succeed. Where the record has the reason in English alone, as an error of a connection, what its result tells is
 * said first in another language, and the record's own words follow where they tell more.
 */
export function whyOf<Text>(words: Words<Text>, { outcome, exitCode, why, said }: TargetOutcome): readonly Text[] {
  const known = said === undefined ? undefined : reasonsIn(words.language, said);
  if (known !== undefined) return [words.data(known)];
  const recorded = why === undefined ? [] : [words.recorded(why)];
  if (words.language === 'en') return recorded;
  if (outcome === 'unknown') return [words.say('whyUnknown'), ...recorded];
  if (outcome !== 'failed' || exitCode === undefined) return recorded;
  const exit = words.say('exitWas', { exit: String(exitCode) });
  if (why === undefined || /^exit status \d+$/.test(why)) return [exit];
  return exitCode === 0 ? [words.say('whyExpected'), ...recorded] : [exit, ...recorded];
}

/** What is to be said of a target beside its result. */
export function remarksOf<Text>(words: Words<Text>, target: TargetOutcome): readonly Text[] {
  const survivors = survivorsOf(words, target);
  return [
    ...whyOf(words, target),
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

/** How long a step took, in milliseconds; undefined of what a person did, where nobody saw when they began. */
export function tookOf(step: StepOutcome): number | undefined {
  return step.kind !== 'command' && step.startedAt === undefined ? undefined : takenMs(step);
}

/** Reasons one after the other: they are no list of things. */
export function together<Text>(words: Words<Text>, [first, ...others]: readonly Text[]): Text | undefined {
  if (first === undefined) return undefined;
  return others.reduce((before, next) => words.say('both', { first: before, second: next }), first);
}

import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../../evidence/procedure-model.ts';
import { few, fewItems, type Part, plain, titleOf } from './hand-over-part.ts';
import { choiceWord, identityOf, isUnknown, moment, remarksOf, together, whyOf, wordOf, wordSaid } from './say.ts';
import type { Words } from './words.ts';

/** Steps of which nobody knows what became of them, with where to look. */
export function unknownPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
  const frame = { id: 'unknown', title: words.say('unknownTitle') };
  const unclear = outcome.steps.filter(isUnclear);
  const steps = [...unclear.filter((step) => wordOf(step) === undefined), ...unclear.filter((step) => wordOf(step))];
  if (steps.length === 0) return { ...plain, ...frame, tone: 'good', said: [words.say('nothingUnknown')] };
  const items = steps.map((step) => {
    const unknown = step.targets.filter(isUnknown);
    const where = unknown.length > 0 ? unknown : step.targets;
    // How it failed is known then, and not what became of taking it back.
    const back = unknown.length === 0 && step.outcome === 'unknown' ? step.undone : undefined;
    const names = where.map(({ target }) => named(words, outcome, target));
    const targets = names.length > 0 ? words.list(few(words, names)) : words.data(outcome.site);
    return {
      title: titleOf(words, step),
      said: [
        wordSaid(words, outcome, step) ?? words.say('lookFirst', { targets }),
        ...few(
          words,
          (back?.targets ?? where).flatMap((target) => remarksOf(words, target)),
        ),
      ],
      ...(step.command === '' ? {} : { command: shortened(back?.command ?? step.command) }),
    };
  });
  return { ...plain, ...frame, tone: 'unsure', loud: true, items: fewItems(words, items) };
}

/** What failed, how often it was tried, and what was decided about it last. */
export function failedPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
  const frame = { id: 'failed', title: words.say('failedTitle') };
  const steps = outcome.steps.filter(
    ({ outcome: how, targets }) =>
      how === 'failed' || how === 'rolled-back' || (how !== 'unknown' && targets.some(hasFailed)),
  );
  const error =
    outcome.error === undefined
      ? []
      : [
          words.say('errorLine', {
            message: words.recorded(outcome.error.message),
            code: words.code(outcome.error.code),
          }),
        ];
  if (steps.length === 0 && error.length === 0)
    return { ...plain, ...frame, tone: 'good', said: [words.say('nothingFailed')] };
  const items = steps.map((step) => ({
    title: titleOf(words, step),
    said: [
      ...few(words, whys(words, step)),
      ...(step.outcome === 'rolled-back' ? [words.say('takenBack')] : []),
      ...(step.attempts > 1 ? [words.say('triedTimes', { count: step.attempts })] : []),
      lastDecision(words, outcome, step),
    ],
  }));
  return { ...plain, ...frame, tone: 'bad', loud: steps.length > 0, said: error, items: fewItems(words, items) };
}

/** Whether what became of a step is not known from its targets. */
export function isUnclear(step: StepOutcome): boolean {
  return step.outcome === 'unknown' || step.targets.some(isUnknown);
}

function hasFailed({ outcome }: TargetOutcome): boolean {
  return outcome === 'failed' || outcome === 'timed-out';
}

/** Targets that failed alike are named together: of twelve hosts, a line for each way of failing. */
function whys<Text>(words: Words<Text>, step: StepOutcome): readonly Text[] {
  const alike = new Map<string, TargetOutcome[]>();
  // Where nothing failed, what kept the step from beginning is why.
  const failed = step.targets.filter(hasFailed);
  for (const target of failed.length > 0 ? failed : step.targets.filter(({ outcome }) => outcome === 'not-started')) {
    const why = `${target.why ?? ''}\n${target.exitCode ?? ''}`;
    alike.set(why, [...(alike.get(why) ?? []), target]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const targets = words.list(
      few(
        words,
        group.map(({ target }) => words.data(target)),
      ),
    );
    const why = together(words, whyOf(words, first)) ?? words.say('exitWas', { exit: String(first.exitCode ?? '–') });
    return [words.say('failedOn', { targets, why })];
  });
}

function lastDecision<Text>(words: Words<Text>, outcome: ProcedureOutcome, step: StepOutcome): Text {
  const last = step.answers.at(-1);
  if (last === undefined) return words.say('nobodySaid');
  const said = {
    choice: choiceWord(words, last.choice),
    by: words.data(last.by),
    time: moment(words, outcome, last.at),
  };
  return last.reason === undefined
    ? words.say('lastSaid', said)
    : words.say('lastSaidWhy', { ...said, reason: words.data(last.reason) });
}

/** A target by its name and what it proved to be, so that nobody looks at another. */
function named<Text>(words: Words<Text>, outcome: ProcedureOutcome, target: string): Text {
  const identity = identityOf(words, outcome, target);
  return identity === undefined
    ? words.data(target)
    : words.say('inZone', { time: words.data(target), zone: identity });
}

/** A script is in the report; here is how it begins. */
function shortened(command: string): string {
  const lines = command.split('\n');
  return lines.length <= 9 ? command : [...lines.slice(0, 8), '…'].join('\n');
}

import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { HandOverExtras } from './hand-over-extras.ts';
import { isUnclear } from './hand-over-outcome.ts';
import { few, type Part, plain, titleOf } from './hand-over-part.ts';
import { wordOf } from './say.ts';
import { isLeftOut, isOpen, whatIsNext } from './what-is-next.ts';
import type { Words } from './words.ts';

/** How to go on, as exact commands. */
export function nextPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
  const next = whatIsNext(outcome, extras);
  const unknown = outcome.steps.some((step) => isUnclear(step) && wordOf(step) === undefined);
  const skipped = outcome.steps.filter(isLeftOut);
  const nothing =
    next.from === undefined &&
    next.resume === undefined &&
    next.questions === undefined &&
    !unknown &&
    skipped.length === 0;
  const commands = [
    ...(next.questions === undefined ? [] : [{ why: words.say('nextQuestions'), command: next.questions }]),
    ...(next.resume === undefined ? [] : [{ why: words.say('nextResume'), command: next.resume }]),
    ...(next.from === undefined
      ? []
      : [
          { why: words.say('nextPlan', { step: titleOf(words, next.from.step) }), command: next.from.plan },
          { why: words.say('nextFrom'), command: next.from.run },
        ]),
  ];
  const said = [
    ...(nothing ? [words.say('nextNothing')] : []),
    ...(unknown ? [words.say('nextLook')] : []),
    ...(skipped.length === 0
      ? []
      : [
          words.say('nextSkipped', {
            steps: words.list(
              few(
                words,
                skipped.map((step) => titleOf(words, step)),
              ),
            ),
          }),
        ]),
    ...(next.hidden === 0 ? [] : [words.say('nextSecret', { count: next.hidden })]),
  ];
  return { ...plain, id: 'next', title: words.say('nextTitle'), said, commands };
}

/** Questions, gates and steps that are left. */
export function openPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
  const left = outcome.steps.filter(isOpen);
  const gates = [...new Set(left.flatMap((step) => step.gates))];
  const questions = (extras.questions ?? []).map(({ title, askedAt }) =>
    words.say('questionOpen', { time: words.moment(askedAt), title: words.data(title) }),
  );
  const said = [
    ...few(words, questions),
    ...gatesStillOpen(words, extras.openGates ?? []),
    ...(gates.length === 0
      ? []
      : [words.say('gatesNeeded', { gates: words.list(gates.map((gate) => words.code(gate))) })]),
    ...(left.length === 0 ? [] : [words.say('openSteps', { count: left.length })]),
  ];
  return {
    ...plain,
    id: 'open',
    title: words.say('openTitle'),
    said: said.length === 0 ? [words.say('nothingOpen')] : said,
    items: few(
      words,
      left.map((step) => titleOf(words, step)),
    ).map((title) => ({ title, said: [] })),
  };
}

/** Gates by when they close: often they were opened together. */
function gatesStillOpen<Text>(words: Words<Text>, open: NonNullable<HandOverExtras['openGates']>): readonly Text[] {
  const ends = new Map<string | undefined, string[]>();
  for (const { gate, until } of open) ends.set(until, [...(ends.get(until) ?? []), gate]);
  if (open.length === 0) return [];
  const names = [...new Set(open.map(({ gate }) => shellWord(gate)))];
  const command = words.code(`holdfast gate close ${names.join(' ')}`);
  const said = [...ends].map(([until, together]) => {
    const gates = words.list(
      few(
        words,
        [...new Set(together)].map((gate) => words.code(gate)),
        12,
      ),
    );
    return until === undefined
      ? words.say('gatesOpen', { gates })
      : words.say('gatesOpenUntil', { gates, time: words.moment(until) });
  });
  return [...said, words.say('gatesClose', { command })];
}

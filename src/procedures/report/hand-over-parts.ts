import type { Tone } from '../../evidence/report/icons.ts';
import { shellWord } from '../../evidence/report/shell-word.ts';
import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../model.ts';
import { takenMs } from '../taken.ts';
import type { HandOverExtras } from './hand-over-extras.ts';
import { choiceWord, identityOf, moment, remarksOf } from './say.ts';
import { isOpen, whatIsNext } from './what-is-next.ts';
import type { Words } from './words.ts';

/** One part of the hand-over page, in either medium. */
export interface Part<Text> {
  readonly id: string;
  readonly title: Text;
  readonly tone: Tone;
  /** Framed, so that it cannot be passed over. */
  readonly loud: boolean;
  /** Said before the items, or alone when there are none. */
  readonly said: readonly Text[];
  readonly items: readonly { readonly title: Text; readonly said: readonly Text[]; readonly command?: string }[];
  readonly commands: readonly { readonly why: Text; readonly command: string }[];
}

export interface Files {
  readonly report: string;
  readonly evidence: string;
}

/** What is read at 3 a.m., in the order of its weight: what is unknown comes first. */
export function handOverParts<Text>(
  words: Words<Text>,
  outcome: ProcedureOutcome,
  extras: HandOverExtras,
  files: Files | undefined,
): readonly Part<Text>[] {
  return [
    unknownPart(words, outcome),
    failedPart(words, outcome),
    nextPart(words, outcome, extras),
    openPart(words, outcome, extras),
    ranPart(words, outcome),
    askPart(words, outcome, extras),
    ...(files === undefined ? [] : [filesPart(words, files)]),
  ];
}

/** One page: what is more stands in the report. */
const most = 8;

const plain = { tone: 'plain', loud: false, said: [], items: [], commands: [] } as const;

function unknownPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
  const frame = { id: 'unknown', title: words.say('unknownTitle') };
  const steps = outcome.steps.filter((step) => step.outcome === 'unknown' || step.targets.some(isUnknown));
  if (steps.length === 0) return { ...plain, ...frame, tone: 'good', said: [words.say('nothingUnknown')] };
  const items = steps.map((step) => {
    const unknown = step.targets.filter(isUnknown);
    const where = unknown.length > 0 ? unknown : step.targets;
    const names = where.map(({ target }) => named(words, outcome, target));
    const targets = names.length > 0 ? words.list(few(words, names)) : words.data(outcome.site);
    return {
      title: titleOf(words, step),
      said: [
        words.say('lookFirst', { targets }),
        ...few(
          words,
          where.flatMap((target) => remarksOf(words, target)),
        ),
      ],
      ...(step.command === '' ? {} : { command: shortened(step.command) }),
    };
  });
  return { ...plain, ...frame, tone: 'unsure', loud: true, items: fewItems(words, items) };
}

function isUnknown({ outcome }: TargetOutcome): boolean {
  return outcome === 'unknown';
}

function failedPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
  const frame = { id: 'failed', title: words.say('failedTitle') };
  const steps = outcome.steps.filter(
    ({ outcome: how, targets }) => how !== 'unknown' && (how === 'failed' || targets.some(hasFailed)),
  );
  const error =
    outcome.error === undefined
      ? []
      : [words.say('errorLine', { message: words.data(outcome.error.message), code: words.code(outcome.error.code) })];
  if (steps.length === 0 && error.length === 0)
    return { ...plain, ...frame, tone: 'good', said: [words.say('nothingFailed')] };
  const items = steps.map((step) => ({
    title: titleOf(words, step),
    said: [
      ...few(words, whys(words, step)),
      words.say('triedTimes', { count: Math.max(step.attempts, 1) }),
      lastDecision(words, outcome, step),
    ],
  }));
  return { ...plain, ...frame, tone: 'bad', loud: steps.length > 0, said: error, items: fewItems(words, items) };
}

function hasFailed({ outcome }: TargetOutcome): boolean {
  return outcome === 'failed' || outcome === 'timed-out';
}

/** Targets that failed alike are named together: of twelve hosts, a line for each way of failing. */
function whys<Text>(words: Words<Text>, step: StepOutcome): readonly Text[] {
  const alike = new Map<string, TargetOutcome[]>();
  for (const target of step.targets.filter(hasFailed)) {
    const why = `${target.why ?? ''}\n${target.exitCode ?? ''}`;
    alike.set(why, [...(alike.get(why) ?? []), target]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const exit = words.say('exitWas', { exit: String(first.exitCode ?? '–') });
    const targets = words.list(
      few(
        words,
        group.map(({ target }) => words.data(target)),
      ),
    );
    const why = first.why === undefined ? exit : words.data(first.why);
    return [words.say('failedOn', { targets, why })];
  });
}

function lastDecision<Text>(words: Words<Text>, outcome: ProcedureOutcome, step: StepOutcome): Text {
  const last = step.answers.at(-1);
  if (last === undefined) return words.say('nobodySaid');
  return words.say('lastSaid', {
    choice: choiceWord(words, last.choice),
    by: words.data(last.by),
    time: moment(words, outcome, last.at),
    reason: last.reason === undefined ? '' : words.data(last.reason),
  });
}

function nextPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
  const next = whatIsNext(outcome, extras);
  const unknown = outcome.steps.some((step) => step.outcome === 'unknown' || step.targets.some(isUnknown));
  const skipped = outcome.steps.filter((step) => step.outcome === 'skipped');
  const nothing = next.from === undefined && next.resume === undefined && !unknown && skipped.length === 0;
  const commands = [
    ...(next.resume === undefined ? [] : [{ why: words.say('nextResume'), command: next.resume }]),
    ...(next.from === undefined
      ? []
      : [
          { why: words.say('nextPlan', { step: titleOf(words, next.from.step) }), command: next.from.plan },
          { why: words.say('nextFrom'), command: next.from.run },
        ]),
    { why: words.say('nextRecord'), command: next.show },
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

function openPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
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

function gatesStillOpen<Text>(words: Words<Text>, open: NonNullable<HandOverExtras['openGates']>): readonly Text[] {
  if (open.length === 0) return [];
  const gates = open.map(({ gate, until }) =>
    until === undefined
      ? words.code(gate)
      : words.say('gateUntil', { gate: words.code(gate), time: words.moment(until) }),
  );
  const names = [...new Set(open.map(({ gate }) => shellWord(gate)))];
  const command = words.code(`holdfast gate close ${names.join(' ')}`);
  return [words.say('gatesOpen', { gates: words.list(few(words, gates)), command })];
}

/** The last of what ran: that is where it stands. */
function ranPart<Text>(words: Words<Text>, outcome: ProcedureOutcome): Part<Text> {
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

function askPart<Text>(words: Words<Text>, outcome: ProcedureOutcome, extras: HandOverExtras): Part<Text> {
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

function filesPart<Text>(words: Words<Text>, { report, evidence }: Files): Part<Text> {
  const items = [
    words.say('fileReport', { file: words.code(report) }),
    words.say('fileEvidence', { file: words.code(evidence) }),
  ];
  return { ...plain, id: 'files', title: words.say('filesTitle'), items: items.map((title) => ({ title, said: [] })) };
}

/** With its id: titles are often alike, and `--from` takes the id. */
function titleOf<Text>(words: Words<Text>, { title, id }: StepOutcome): Text {
  return words.say('stepNamed', { title: words.data(title), id: words.code(id) });
}

/** A target by its name and what it proved to be, so that nobody looks at another. */
function named<Text>(words: Words<Text>, outcome: ProcedureOutcome, target: string): Text {
  const identity = identityOf(words, outcome, target);
  return identity === undefined
    ? words.data(target)
    : words.say('inZone', { time: words.data(target), zone: identity });
}

function fewItems<Text>(words: Words<Text>, items: Part<Text>['items']): Part<Text>['items'] {
  if (items.length <= most + 1) return items;
  return [...items.slice(0, most), { title: words.say('more', { count: items.length - most }), said: [] }];
}

/** A script is in the report; here is how it begins. */
function shortened(command: string): string {
  const lines = command.split('\n');
  return lines.length <= 9 ? command : [...lines.slice(0, 8), '…'].join('\n');
}

function few<Text>(words: Words<Text>, items: readonly Text[], limit = most): readonly Text[] {
  if (items.length <= limit + 1) return items;
  return [...items.slice(0, limit), words.say('more', { count: items.length - limit })];
}

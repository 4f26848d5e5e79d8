import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../../evidence/procedure-model.ts';
import { fence, type Markdown, md, mdBlocks, mdList, mdTable } from '../../evidence/report/markdown.ts';
import { effectWords } from './effects.ts';
import { mdPart } from './markdown-part.ts';
import {
  choiceWord,
  glassSaid,
  identityOf,
  kindWord,
  moment,
  outcomeWord,
  questionWord,
  remarksOf,
  skipReason,
  stepStatus,
  tookOf,
  wordSaid,
} from './say.ts';
import { wasTouched } from './steps.ts';
import type { Words } from './words.ts';

/** Everything about each step that was done, or tried. */
export function mdSteps(words: Words<Markdown>, outcome: ProcedureOutcome): Markdown | undefined {
  const touched = outcome.steps.filter(wasTouched);
  if (touched.length === 0) return undefined;
  return mdPart(words.say('steps'), ...touched.map((step) => oneStep(words, outcome, step)));
}

function oneStep(words: Words<Markdown>, outcome: ProcedureOutcome, step: StepOutcome): Markdown {
  return mdBlocks([
    md`### ${step.title} (${words.code(step.id)}): ${stepStatus(words, step)[1]}`,
    step.command !== '' && fence(step.command),
    skipReason(words, step) ?? wordSaid(words, outcome, step),
    mdList(factsOf(words, outcome, step)),
    ...onTargets(words, outcome, step.targets),
    ...(step.undone === undefined
      ? []
      : [
          md`**${words.say('undoneBy')}**`,
          fence(step.undone.command),
          ...onTargets(words, outcome, step.undone.targets),
        ]),
    answers(words, outcome, step),
    step.keptBefore.length > 0 &&
      mdBlocks([
        md`**${words.say('keptBefore')}**`,
        mdTable(
          [words.say('kept'), words.say('target'), words.say('keptHash'), words.say('took')],
          step.keptBefore.map(({ name, target, stdoutSha256, durationMs }) => [
            name,
            target,
            words.code(stdoutSha256),
            words.duration(durationMs),
          ]),
        ),
      ]),
  ]);
}

/** What each target answered, and what it said. */
function onTargets(
  words: Words<Markdown>,
  outcome: ProcedureOutcome,
  targets: readonly TargetOutcome[],
): readonly (Markdown | undefined)[] {
  if (targets.length === 0) return [];
  return [
    mdTable(
      [
        words.say('target'),
        words.say('identity'),
        words.say('result'),
        words.say('exit'),
        words.say('remark'),
        words.say('took'),
      ],
      targets.map((target) => [
        target.target,
        identityOf(words, outcome, target.target) ?? '–',
        outcomeWord(words, target.outcome),
        target.exitCode === undefined ? '–' : String(target.exitCode),
        remarksOf(words, target).map((remark, index) => (index === 0 ? remark : md` · ${remark}`)),
        words.duration(target.durationMs),
      ]),
    ),
    ...targets.flatMap((target) => [outputOf(words, target, 'stdout'), outputOf(words, target, 'stderr')]),
  ];
}

function factsOf(words: Words<Markdown>, outcome: ProcedureOutcome, step: StepOutcome): readonly Markdown[] {
  const taken = tookOf(step);
  const items: readonly (readonly [Markdown, Markdown | string | false | undefined])[] = [
    [words.say('kind'), kindWord(words, step.kind)],
    [words.say('line'), words.say('lineOf', { line: step.line })],
    [words.say('section'), step.section.length > 0 && step.section.join(' › ')],
    [
      words.say('took'),
      taken !== undefined &&
        (step.expectedMs === undefined
          ? words.duration(taken)
          : words.say('expectedTime', { taken: words.duration(taken), expected: words.duration(step.expectedMs) })),
    ],
    [words.say('attempts'), step.attempts > 1 && words.number(step.attempts)],
    [words.say('effects'), step.kind === 'command' && words.list(effectWords(words.language, step.effects))],
    [words.say('gates'), step.gates.length > 0 && step.gates.join(', ')],
    [
      words.say('approvals'),
      step.approvals.length > 0 &&
        words.list(
          step.approvals.map(({ id, by, at }) =>
            words.say('approval', { by: words.data(by), time: moment(words, outcome, at), id: words.code(id) }),
          ),
        ),
    ],
    [words.say('brokenGlass'), step.brokenGlass !== undefined && words.list(glassSaid(words, step))],
    [
      words.say('captured'),
      step.captured &&
        words.say('capturedAs', { name: words.code(step.captured.name), value: words.code(step.captured.value) }),
    ],
    [words.say('stepHash'), words.code(step.hash)],
  ];
  return items.flatMap(([term, value]) => (value === undefined || value === false ? [] : [md`**${term}:** ${value}`]));
}

function outputOf(words: Words<Markdown>, target: TargetOutcome, stream: 'stdout' | 'stderr'): Markdown | undefined {
  const output = target[stream];
  if (output === undefined || output.bytes === 0) return undefined;
  const name = words.say(stream === 'stdout' ? 'output' : 'errorOutput', { target: words.data(target.target) });
  const size = words.say('outputOf', { count: output.lines, bytes: words.bytes(output.bytes) });
  const isCut = Buffer.byteLength(output.tail) < output.bytes;
  return mdBlocks([
    md`**${name}**, ${size}${isCut && md`, ${words.say('outputCut')}`}`,
    fence(output.tail, 'text'),
    md`${words.say('outputFile', { file: words.code(output.file) })} · ${words.say('outputHash', { hash: words.code(output.sha256) })}`,
  ]);
}

function answers(words: Words<Markdown>, outcome: ProcedureOutcome, step: StepOutcome): Markdown | undefined {
  if (step.answers.length === 0) return undefined;
  return mdBlocks([
    md`**${words.say('answers')}**`,
    mdTable(
      [words.say('question'), words.say('answer'), words.say('reason'), words.say('who'), words.say('at')],
      step.answers.map((answer) => [
        questionWord(words, answer.question),
        choiceWord(words, answer.choice),
        [
          answer.reason ?? '–',
          ...(answer.attachments ?? []).map(({ name, bytes, sha256 }) => {
            const hash = words.code(sha256);
            return md` · ${words.say('attachment', { name: words.data(name), bytes: words.bytes(bytes), hash })}`;
          }),
        ],
        answer.by,
        moment(words, outcome, answer.at),
      ]),
    ),
  ]);
}

/** Steps that nothing was done of. */
export function mdNotDone(words: Words<Markdown>, outcome: ProcedureOutcome): Markdown | undefined {
  const left = outcome.steps.filter((step) => !wasTouched(step));
  if (left.length === 0) return undefined;
  return mdPart(
    words.say('notDone'),
    words.say('notDoneMeans'),
    mdTable(
      [words.say('step'), words.say('result'), words.say('command'), words.say('line')],
      left.map((step) => [
        md`${step.title} (${words.code(step.id)})`,
        outcomeWord(words, step.outcome),
        step.command === '' ? kindWord(words, step.kind) : words.code(step.command),
        words.number(step.line),
      ]),
    ),
  );
}

import type { ProcedureOutcome, StepOutcome, StoredOutput, TargetOutcome } from '../../evidence/procedure-model.ts';
import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';
import { section, status, table, terms } from '../../evidence/report/parts.ts';
import { effectWords } from './effects.ts';
import {
  choiceWord,
  glassSaid,
  identityOf,
  kindWord,
  moment,
  outcomeTone,
  outcomeWord,
  questionWord,
  remarksOf,
  skipReason,
  stepStatus,
  tookOf,
  wordSaid,
} from './say.ts';
import type { Words } from './words.ts';

export function wasTouched({ outcome }: StepOutcome): boolean {
  return outcome !== 'not-chosen' && outcome !== 'not-reached';
}

/** Anchors count the steps: ids of a runbook are any text. */
export function anchorOf(outcome: ProcedureOutcome, step: StepOutcome): string {
  return `step-${outcome.steps.indexOf(step) + 1}`;
}

/** Everything about each step that was done, or tried. */
export function stepsSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const touched = outcome.steps.filter(wasTouched);
  if (touched.length === 0) return html``;
  return section(
    'steps',
    words.say('steps'),
    touched.map(
      (step) => html`<article class="step${isLong(step) && ' long'}" id="${anchorOf(outcome, step)}">
<h3>${data(step.title)} <code>${data(step.id)}</code> ${status(...stepStatus(words, step))}</h3>
${step.command !== '' && html`<pre class="command"><code>${step.command}</code></pre>`}
${inWords(words, outcome, step)}
${facts(words, outcome, step)}
${targets(words, outcome, step.targets)}
${outputs(words, step.targets)}
${undone(words, outcome, step)}
${answers(words, outcome, step)}
${kept(words, step)}</article>
`,
    ),
  );
}

/** Too long for a page of its own: it may break. */
function isLong({ targets, answers }: StepOutcome): boolean {
  return targets.length + answers.length > 3 || targets.some(({ stdout }) => (stdout?.tail.length ?? 0) > 600);
}

/** What somebody said of it that its targets do not show. */
function inWords(words: Words<Markup>, outcome: ProcedureOutcome, step: StepOutcome): Markup | undefined {
  const reason = skipReason(words, step) ?? wordSaid(words, outcome, step);
  return reason && html`<p>${reason}</p>`;
}

function facts(words: Words<Markup>, outcome: ProcedureOutcome, step: StepOutcome): Markup {
  const labels = (names: readonly string[]): Content =>
    names.length > 0 && html`<span class="labels">${names.map((name) => html`<code>${data(name)}</code>`)}</span>`;
  const taken = tookOf(step);
  return terms([
    [words.say('kind'), kindWord(words, step.kind)],
    [words.say('line'), words.say('lineOf', { line: step.line })],
    [words.say('section'), step.section.length > 0 && data(step.section.join(' › '))],
    [
      words.say('took'),
      taken !== undefined &&
        (step.expectedMs === undefined
          ? words.duration(taken)
          : words.say('expectedTime', { taken: words.duration(taken), expected: words.duration(step.expectedMs) })),
    ],
    [words.say('attempts'), step.attempts > 1 && words.number(step.attempts)],
    [words.say('effects'), step.kind === 'command' && words.list(effectWords(words.language, step.effects))],
    [words.say('gates'), labels(step.gates)],
    [
      words.say('approvals'),
      step.approvals.length > 0 &&
        words.list(
          step.approvals.map(({ id, by, at }) =>
            words.say('approval', { by: data(by), time: moment(words, outcome, at), id: words.code(id) }),
          ),
        ),
    ],
    [words.say('brokenGlass'), step.brokenGlass !== undefined && words.list(glassSaid(words, step))],
    [
      words.say('captured'),
      step.captured &&
        words.say('capturedAs', { name: words.code(step.captured.name), value: words.code(step.captured.value) }),
    ],
    [words.say('stepHash'), html`<code class="hash">${data(step.hash)}</code>`],
  ]);
}

/** How it was taken back: what the step did and what took it back are told apart. */
function undone(words: Words<Markup>, outcome: ProcedureOutcome, { undone: back }: StepOutcome): Markup | undefined {
  return (
    back &&
    html`<h4>${words.say('undoneBy')}</h4>
<pre class="command"><code>${back.command}</code></pre>
${targets(words, outcome, back.targets)}
${outputs(words, back.targets)}`
  );
}

function outputs(words: Words<Markup>, all: readonly TargetOutcome[]): readonly Content[] {
  return all.map((target) => [outputOf(words, target, 'stdout'), outputOf(words, target, 'stderr')]);
}

function targets(words: Words<Markup>, outcome: ProcedureOutcome, all: readonly TargetOutcome[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const done = all.filter(({ outcome: found }) => found === 'succeeded').length;
  return table(
    html`${words.say('targetsOfStep')} <span class="count">${words.say('targetsCount', { done, total: all.length })}</span>`,
    [
      { title: words.say('target'), kind: 'name' },
      { title: words.say('result'), kind: 'word' },
      { title: words.say('exit'), kind: 'clock' },
      { title: words.say('remark') },
      { title: words.say('took'), kind: 'number' },
    ],
    all.map((target) => {
      const identity = identityOf(words, outcome, target.target);
      return [
        html`${data(target.target)}${identity && html` <span class="identity">${identity}</span>`}`,
        status(outcomeTone(target.outcome), outcomeWord(words, target.outcome)),
        target.exitCode === undefined
          ? none
          : html`<span class="narrow-only">${words.say('exit')} </span>${String(target.exitCode)}`,
        remarksOf(words, target).map((remark) => html`<span class="remark">${remark}</span>`),
        words.duration(target.durationMs),
      ];
    }),
  );
}

const none = html`<span class="none muted" aria-hidden="true">–</span>`;

function outputOf(words: Words<Markup>, target: TargetOutcome, stream: 'stdout' | 'stderr'): Markup | undefined {
  const output: StoredOutput | undefined = target[stream];
  if (output === undefined || output.bytes === 0) return undefined;
  const name = words.say(stream === 'stdout' ? 'output' : 'errorOutput', { target: data(target.target) });
  const isCut = Buffer.byteLength(output.tail) < output.bytes;
  return html`<div><p class="output-head"><strong>${name}</strong> <span>${words.say('outputOf', {
    count: output.lines,
    bytes: words.bytes(output.bytes),
  })}</span>${isCut && html` <span>${words.say('outputCut')}</span>`}</p>
<pre class="output"><code>${output.tail}</code></pre>
<p class="output-head"><span>${words.say('outputFile', { file: words.code(output.file) })}</span> <span>${words.say(
    'outputHash',
    { hash: html`<code class="hash">${data(output.sha256)}</code>` },
  )}</span></p></div>
`;
}

function answers(words: Words<Markup>, outcome: ProcedureOutcome, step: StepOutcome): Markup | undefined {
  if (step.answers.length === 0) return undefined;
  return table(
    words.say('answers'),
    [
      { title: words.say('question'), kind: 'name' },
      { title: words.say('answer'), kind: 'word' },
      { title: words.say('reason') },
      { title: words.say('who'), kind: 'word' },
      { title: words.say('at'), kind: 'clock' },
    ],
    step.answers.map((answer) => [
      questionWord(words, answer.question),
      choiceWord(words, answer.choice),
      html`${answer.reason === undefined ? none : html`<span class="remark">${data(answer.reason)}</span>`}${answer.attachments?.map(
        ({ name, bytes, sha256 }) =>
          html`<span class="remark">${words.say('attachment', {
            name: data(name),
            bytes: words.bytes(bytes),
            hash: html`<code class="hash">${data(sha256)}</code>`,
          })}</span>`,
      )}`,
      data(answer.by),
      moment(words, outcome, answer.at),
    ]),
  );
}

function kept(words: Words<Markup>, step: StepOutcome): Markup | undefined {
  if (step.keptBefore.length === 0) return undefined;
  return table(
    words.say('keptBefore'),
    [
      { title: words.say('kept'), kind: 'name' },
      { title: words.say('target'), kind: 'word' },
      { title: words.say('keptHash') },
      { title: words.say('took'), kind: 'number' },
    ],
    step.keptBefore.map(({ name, target, stdoutSha256, durationMs }) => [
      data(name),
      data(target),
      html`<code class="hash">${data(stdoutSha256)}</code>`,
      words.duration(durationMs),
    ]),
  );
}

/** Steps that nothing was done of, in few words each. */
export function notDoneSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const steps = outcome.steps.filter((step) => !wasTouched(step));
  if (steps.length === 0) return html``;
  return section(
    'not-done',
    words.say('notDone'),
    html`<p>${words.say('notDoneMeans')}</p>
${table(
  html`<span class="visually-hidden">${words.say('notDone')}</span>`,
  [
    { title: words.say('step'), kind: 'name' },
    { title: words.say('result'), kind: 'word' },
    { title: words.say('command') },
    { title: words.say('line'), kind: 'number' },
  ],
  steps.map((step) => [
    html`${data(step.title)} <span class="identity">${words.code(step.id)}</span>`,
    status(outcomeTone(step.outcome), outcomeWord(words, step.outcome)),
    step.command === '' ? kindWord(words, step.kind) : words.code(step.command),
    words.number(step.line),
  ]),
)}`,
  );
}

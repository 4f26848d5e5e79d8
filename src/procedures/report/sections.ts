import { objectiveBar, spanBar } from '../../evidence/report/bars.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import { icon } from '../../evidence/report/icons.ts';
import { section, status, table } from '../../evidence/report/parts.ts';
import type { ProcedureOutcome, StepOutcome } from '../model.ts';
import { takenMs } from '../taken.ts';
import {
  endingSentence,
  endingTone,
  endingWord,
  identityOf,
  moment,
  outcomeTone,
  outcomeWord,
  remarksOf,
  skipReason,
  sourceWord,
} from './say.ts';
import { anchorOf, wasTouched } from './steps.ts';
import type { Words } from './words.ts';

/** The first thing that is read: how it ended, in one word and one sentence; and plainly, when one person was alone. */
export function endingPanel(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const tone = endingTone(outcome);
  const english = outcome.ending.toUpperCase().replaceAll('-', ' ');
  return html`<section class="verdict ${tone}" aria-labelledby="ending-title">
<h2 id="ending-title" class="visually-hidden">${words.say('ending')}</h2>
${icon(tone)}
<div><p class="said">${endingWord(words, outcome)}${words.language !== 'en' && html`<span class="original" lang="en">${english}</span>`}</p>
<p class="summary">${endingSentence(words, outcome)}</p>${
    outcome.error &&
    html`
<p class="error">${words.say('errorLine', { message: data(outcome.error.message), code: words.code(outcome.error.code) })}</p>`
  }</div>
</section>
${outcome.mode === 'solo' && html`<div class="callout unsure solo"><p>${status('unsure', words.say('soloTitle'))}</p><p>${words.say('soloMeans', { actor: data(outcome.actor) })}</p></div>`}
`;
}

/** What is unknown, loud; then what failed and what was skipped. */
export function attentionSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const order = ['unknown', 'failed', 'rolled-back', 'cancelled', 'skipped'] as const;
  const steps = order.flatMap((which) => outcome.steps.filter((step) => step.outcome === which));
  if (steps.length === 0) return html``;
  return section(
    'attention',
    words.say('attention'),
    steps.map(
      (step) => html`<div class="loud${step.outcome === 'failed' && ' bad'}">
<h3>${status(outcomeTone(step.outcome), outcomeWord(words, step.outcome))} <a href="#${anchorOf(outcome, step)}">${data(step.title)}</a></h3>
${step.outcome === 'unknown' && html`<p>${words.say('unknownMeans')}</p>`}${whyOf(words, step)}</div>
`,
    ),
  );
}

function whyOf(words: Words<Markup>, step: StepOutcome): Markup {
  const reason = skipReason(words, step);
  const others = step.targets.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'not-started');
  const remarks = others.map((target) => {
    const said = remarksOf(words, target);
    const what = said.length > 0 ? words.list([...said]) : outcomeWord(words, target.outcome);
    return html`<li>${words.say('failedOn', { targets: html`<strong>${data(target.target)}</strong>`, why: what })}</li>`;
  });
  return html`${reason && html`<p>${reason}</p>`}${remarks.length > 0 && html`<ul>${remarks}</ul>`}`;
}

/** How long it took, against the objective and against earlier runs. */
export function timeSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const { rtoMs, expectedMs } = outcome;
  if (rtoMs === undefined && expectedMs === undefined) return html``;
  return section(
    'time',
    words.say('time'),
    html`<div class="pair">${rtoMs !== undefined && rtoFigure(words, outcome, rtoMs)}${
      expectedMs !== undefined && expectedFigure(words, outcome, expectedMs)
    }</div>`,
  );
}

function rtoFigure(words: Words<Markup>, { durationMs, ending }: ProcedureOutcome, rtoMs: number): Markup {
  const done = ending === 'completed' || ending === 'completed-with-gaps';
  const objective = words.objective(rtoMs);
  const late = durationMs > rtoMs;
  const word = late ? words.say('rtoMissed') : words.say(done ? 'rtoMet' : 'rtoOpen');
  const compared = late
    ? words.say('over', { excess: words.duration(durationMs - rtoMs) })
    : words.say('share', { share: words.percent(rtoMs === 0 ? 0 : durationMs / rtoMs) });
  const bar = words.say('rtoBar', { taken: words.duration(durationMs), objective, status: word });
  return html`<div class="figure"><h3>${words.say('againstRto')}</h3>
<p class="headline"><strong>${words.duration(durationMs)}</strong> <span>${words.say('ofRto', { objective })}</span></p>
<p class="note">${status(late ? 'bad' : done ? 'good' : 'unsure', word)} <span>${compared}</span></p>
${objectiveBar({ objectiveMs: rtoMs, achievedMs: durationMs }, bar, words.say('rtoMark', { objective }))}</div>
`;
}

function expectedFigure(words: Words<Markup>, { durationMs }: ProcedureOutcome, expectedMs: number): Markup {
  const expected = words.duration(expectedMs);
  const excess = words.duration(Math.abs(durationMs - expectedMs));
  const bar = words.say('expectedBar', { taken: words.duration(durationMs), expected });
  return html`<div class="figure"><h3>${words.say('againstExpected')}</h3>
<p class="headline"><strong>${words.duration(durationMs)}</strong> <span>${words.say('ofExpected', { expected })}</span></p>
<p class="note"><span>${words.say(durationMs > expectedMs ? 'slower' : 'faster', { excess })}</span></p>
${objectiveBar({ objectiveMs: expectedMs, achievedMs: durationMs }, bar, words.say('expectedMark', { expected }))}</div>
`;
}

/** Each step that was done, in the order of its beginning, with when in the run it was. */
export function timelineSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const begun = outcome.steps
    .filter((step) => wasTouched(step) && step.startedAt !== undefined)
    .sort((a, b) => Date.parse(a.startedAt ?? '') - Date.parse(b.startedAt ?? ''));
  if (begun.length === 0) return html``;
  const begin = Date.parse(outcome.startedAt);
  const length = Math.max(Date.parse(outcome.finishedAt) - begin, 1);
  return section(
    'timeline',
    words.say('timeline'),
    table(
      html`<span class="visually-hidden">${words.say('timeline')}</span>`,
      [
        { title: words.say('began'), kind: 'clock' },
        { title: words.say('step') },
        { title: words.say('result'), kind: 'word' },
        { title: words.say('took'), kind: 'number' },
        { title: words.say('expected'), kind: 'number' },
        { title: html`<span class="visually-hidden">${words.say('span')}</span>`, kind: 'when' },
      ],
      begun.map((step) => {
        const from = Date.parse(step.startedAt ?? '');
        const to = step.finishedAt === undefined ? from + step.durationMs : Date.parse(step.finishedAt);
        return [
          moment(words, outcome, step.startedAt ?? ''),
          html`<a href="#${anchorOf(outcome, step)}">${data(step.title)}</a>`,
          status(outcomeTone(step.outcome), outcomeWord(words, step.outcome)),
          words.duration(takenMs(step)),
          step.expectedMs === undefined
            ? html`<span class="none muted" aria-hidden="true">–</span>`
            : html`<span class="none">${words.duration(step.expectedMs)}</span>`,
          spanBar((from - begin) / length, (to - begin) / length),
        ];
      }),
    ),
  );
}

export function targetsSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.targets.length === 0) return html``;
  return section(
    'targets',
    words.say('targets'),
    html`${table(
      html`<span class="visually-hidden">${words.say('targets')}</span>`,
      [
        { title: words.say('target'), kind: 'name' },
        { title: words.say('reachedBy'), kind: 'word' },
        { title: words.say('identity') },
        { title: words.say('result') },
      ],
      outcome.targets.map(({ name, kind, pinned }) => [
        data(name),
        data(kind),
        identityOf(words, outcome, name) ?? html`<span class="none muted" aria-hidden="true">–</span>`,
        pinned ? status('good', words.say('pinned')) : status('unsure', words.say('notPinned')),
      ]),
    )}${outcome.targets.some(({ pinned }) => !pinned) && html`<p class="below">${words.say('notPinnedMeans')}</p>`}`,
  );
}

export function parametersSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.parameters.length === 0) return html``;
  return section(
    'parameters',
    words.say('parameters'),
    table(
      html`<span class="visually-hidden">${words.say('parameters')}</span>`,
      [
        { title: words.say('name'), kind: 'name' },
        { title: words.say('value') },
        { title: words.say('source'), kind: 'word' },
      ],
      outcome.parameters.map(({ name, value, source }) => [
        words.code(name),
        words.code(value),
        sourceWord(words, source),
      ]),
    ),
  );
}

export function alternativesSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.alternatives.length === 0) return html``;
  return section(
    'alternatives',
    words.say('alternatives'),
    table(
      html`<span class="visually-hidden">${words.say('alternatives')}</span>`,
      [
        { title: words.say('question'), kind: 'name' },
        { title: words.say('chosen') },
        { title: words.say('who'), kind: 'word' },
      ],
      outcome.alternatives.map(({ question, chosen, by }) => [data(question), data(chosen), data(by)]),
    ),
  );
}

export function notUnderstoodSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.notUnderstood.length === 0) return html``;
  return section(
    'not-understood',
    words.say('notUnderstood'),
    html`<p>${words.say('notUnderstoodMeans')}</p>
${table(
  html`<span class="visually-hidden">${words.say('notUnderstood')}</span>`,
  [{ title: words.say('line'), kind: 'clock' }, { title: words.say('reason') }],
  outcome.notUnderstood.map(({ line, why }) => [words.number(line), data(why)]),
)}`,
  );
}

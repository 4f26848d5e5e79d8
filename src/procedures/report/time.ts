import type { ProcedureOutcome, StepOutcome } from '../../evidence/procedure-model.ts';
import { objectiveBar, spanBar } from '../../evidence/report/bars.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import { section, status, table } from '../../evidence/report/parts.ts';
import { moment, stepStatus, tookOf } from './say.ts';
import { anchorOf, wasTouched } from './steps.ts';
import type { Words } from './words.ts';

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
  const begun = inTime(outcome);
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
      begun.map(([step, at]) => {
        const from = Date.parse(at);
        const taken = tookOf(step);
        const to = step.finishedAt === undefined ? from + step.durationMs : Date.parse(step.finishedAt);
        return [
          moment(words, outcome, at),
          html`<a href="#${anchorOf(outcome, step)}">${data(step.title)}</a>`,
          status(...stepStatus(words, step)),
          taken === undefined ? none : words.duration(taken),
          step.expectedMs === undefined ? none : html`<span class="none">${words.duration(step.expectedMs)}</span>`,
          spanBar((from - begin) / length, (to - begin) / length),
        ];
      }),
    ),
  );
}

const none = html`<span class="none muted" aria-hidden="true">–</span>`;

/** Steps in the order in which they began; what a person did, when they said that it was done. */
export function inTime({ steps }: ProcedureOutcome): readonly (readonly [step: StepOutcome, at: string])[] {
  return steps
    .flatMap((step) => {
      const at = step.startedAt ?? step.finishedAt;
      return at !== undefined && wasTouched(step) ? [[step, at] as const] : [];
    })
    .sort(([, a], [, b]) => Date.parse(a) - Date.parse(b));
}

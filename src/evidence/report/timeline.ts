import type { Outcome, TimelineEntry } from '../model.ts';
import { spanBar } from './bars.ts';
import { data, html, type Markup } from './html.ts';
import type { Tone } from './icons.ts';
import { section, status, table } from './parts.ts';
import type { Reader } from './reader.ts';

const outcomes: Readonly<Record<TimelineEntry['outcome'], readonly [Tone, 'succeeded' | 'stepFailed' | 'info']>> = {
  succeeded: ['good', 'succeeded'],
  failed: ['bad', 'stepFailed'],
  info: ['plain', 'info'],
};

const none = html`<span class="none muted" aria-hidden="true">–</span>`;

/** Everything that happened, in order, with when in the run it was: what ran side by side is seen at a glance. */
export function timelineSection(reader: Reader, outcome: Outcome): Markup | undefined {
  if (outcome.timeline.length === 0) return undefined;
  const begin = Date.parse(outcome.startedAt);
  const length = Math.max(Date.parse(outcome.finishedAt) - begin, 1);
  return section(
    'timeline',
    reader.say('timeline'),
    table(
      html`<span class="visually-hidden">${reader.say('timeline')}</span>`,
      [
        { title: reader.say('began'), kind: 'clock' },
        { title: reader.say('event') },
        { title: reader.say('asset'), kind: 'word' },
        { title: reader.say('result'), kind: 'word' },
        { title: reader.say('took'), kind: 'number' },
        { title: html`<span class="visually-hidden">${reader.say('span')}</span>`, kind: 'when' },
      ],
      outcome.timeline.map((entry) => {
        const [tone, word] = outcomes[entry.outcome];
        const from = (Date.parse(entry.at) - begin) / length;
        return [
          reader.clock(entry.at),
          data(entry.what),
          entry.asset === undefined ? none : data(entry.asset),
          status(tone, reader.say(word)),
          entry.durationMs === null
            ? html`<span class="muted" aria-hidden="true">–</span>`
            : reader.duration(entry.durationMs),
          Number.isFinite(from) && spanBar(from, from + (entry.durationMs ?? 0) / length),
        ];
      }),
    ),
  );
}

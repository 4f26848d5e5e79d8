import type { AssetLoss, Outcome } from '../model.ts';
import { data, html, type Markup } from './html.ts';
import { icon } from './icons.ts';
import { section, table, terms } from './parts.ts';
import type { Reader } from './reader.ts';

/** What was written after the recovery point: what is known of it, and plainly what cannot be known. Undefined for a drill without it. */
export function lossSection(reader: Reader, outcome: Outcome): Markup | undefined {
  if (outcome.loss.length === 0) {
    if (outcome.kind === 'drill') return undefined;
    return section('loss', reader.say('loss'), html`<p class="muted">${reader.say('lossNotAnalysed')}</p>`);
  }
  return section(
    'loss',
    reader.say('loss'),
    outcome.loss.map(
      (loss) => html`<article class="loss"><h3>${data(loss.asset)}</h3>
<p>${reader.say('lossSpan', {
        from: reader.moment(loss.from),
        to: reader.moment(loss.to),
        span: html`<strong>${reader.duration(loss.spanMs)}</strong>`,
      })}</p>
<p>${
        loss.lastSeen === null
          ? reader.say('neverSeen', { asset: data(loss.asset) })
          : reader.say('lastSeen', { asset: data(loss.asset), time: reader.moment(loss.lastSeen) })
      }</p>
${loss.kind === 'postgres' ? writes(reader, loss) : files(reader, loss)}
${unknown(reader, loss)}</article>
`,
    ),
  );
}

function writes(reader: Reader, { known }: AssetLoss): Markup {
  if (known.length === 0) return html`<p>${reader.say('noKnownWrites')}</p>`;
  const total = known.reduce((sum, { count }) => sum + count, 0);
  return table(
    reader.say('knownWrites', { count: total }),
    [
      { title: reader.say('table') },
      { title: reader.say('actor'), kind: 'word' },
      { title: reader.say('operation'), kind: 'word' },
      { title: reader.say('count'), kind: 'number' },
      { title: reader.say('firstAndLast'), kind: 'two-times' },
    ],
    [...known]
      .sort((a, b) => compare(a.table, b.table) || b.count - a.count || compare(a.actor, b.actor))
      .map((row) => [
        data(row.table),
        data(row.actor),
        operation(reader, row.op),
        reader.number(row.count),
        firstAndLast(reader, row.first, row.last),
      ]),
  );
}

function firstAndLast(reader: Reader, first: string, last: string): Markup {
  if (first === last) return reader.moment(first);
  return html`${reader.moment(first)} – ${reader.isSameDay(first, last) ? reader.clock(last) : reader.moment(last)}`;
}

function operation(reader: Reader, op: string): Markup {
  const word = op.toLowerCase();
  return word === 'insert' || word === 'update' || word === 'delete' ? reader.say(word) : data(op);
}

function files(reader: Reader, loss: AssetLoss): Markup | undefined {
  if (loss.files === undefined) return undefined;
  const { added, changed, removed, examples } = loss.files;
  return html`<h4>${reader.say('knownFiles')}</h4>
${terms(
  [
    [reader.say('added'), reader.number(added)],
    [reader.say('changed'), reader.number(changed)],
    [reader.say('removed'), reader.number(removed)],
  ],
  'figures',
)}
${
  examples.length > 0 &&
  html`<p class="label">${reader.say('examples')}</p><ul class="examples">${examples.map((path) => html`<li>${data(path)}</li>`)}</ul>`
}`;
}

function unknown(reader: Reader, loss: AssetLoss): Markup {
  if (loss.unknown.length === 0) return html`<p class="muted">${reader.say('nothingUnknown')}</p>`;
  const items = loss.unknown.map(({ key, detail }) => html`<li>${unknownText(reader, key, detail)}</li>`);
  return html`<div class="callout unsure"><h4>${icon('unsure')}${reader.say('cannotKnow')}</h4><ul>${items}</ul></div>`;
}

function unknownText(reader: Reader, key: AssetLoss['unknown'][number]['key'], detail: string): Markup {
  const time = reader.moment(detail);
  switch (key) {
    case 'after-last-seen':
      return reader.say('unknownAfterLastSeen', { time });
    case 'not-watched':
      return reader.say('unknownNotWatched');
    case 'no-audit-table':
      return reader.say('unknownNoAuditTable');
    case 'only-audited':
      return reader.say('unknownOnlyAudited');
    case 'files-after-last-seen':
      return reader.say('unknownFilesAfterLastSeen', { time });
    case 'moment-assumed':
      return reader.say('unknownMomentAssumed', { time });
  }
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

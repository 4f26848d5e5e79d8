import type { Verdict } from '../model.ts';
import { type Content, html, type Markup } from './html.ts';
import { icon, type Tone } from './icons.ts';
import type { Reader } from './reader.ts';

/** A section with its heading, reachable by a link to its id. */
export function section(id: string, title: Content, body: Content): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}

/** Terms and what they are; one without a value is left out. */
export function terms(items: readonly (readonly [term: Content, value: Content])[], kind = 'facts'): Markup {
  const shown = items.filter(([, value]) => value !== undefined && value !== false && value !== '');
  return html`<dl class="${kind}">${shown.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A word with a drawing that says the same. */
export function status(tone: Tone, word: Content): Markup {
  return html`<span class="status ${tone}">${icon(tone)}<span>${word}</span></span>`;
}

export interface Column {
  readonly title: Content;
  readonly kind?: 'number' | 'narrow' | 'wide' | 'span';
}

/**
 * A table whose first column names the row. On a narrow screen each row becomes a block with the column's name before each
 * value; the roles keep it a table for screen readers, which `display: block` would otherwise take away.
 */
export function table(caption: Content, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  const kind = (index: number): string => columns[index]?.kind ?? 'text';
  return html`<table role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(({ title }, index) => html`<th role="columnheader" scope="col" class="${kind(index)}">${title}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  (cells) => html`<tr role="row">${cells.map((cell, index) =>
    index === 0
      ? html`<th role="rowheader" scope="row" class="${kind(index)}">${cell}</th>`
      : html`<td role="cell" class="${kind(index)}"><span class="label" aria-hidden="true">${columns[index]?.title}</span><span class="cell">${cell}</span></td>`,
  )}</tr>
`,
)}</tbody></table>`;
}

export const verdictTones: Readonly<Record<Verdict, Tone>> = {
  PROVEN: 'good',
  FAILED: 'bad',
  'COULD NOT VERIFY': 'unsure',
};

export function verdictWord(reader: Reader, verdict: Verdict): Markup {
  if (verdict === 'PROVEN') return reader.say('proven');
  return reader.say(verdict === 'FAILED' ? 'failed' : 'couldNotVerify');
}

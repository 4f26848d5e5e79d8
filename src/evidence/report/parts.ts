import type { CheckResult } from '../../checks/types.ts';
import type { Verdict } from '../model.ts';
import { type Content, data, html, type Markup } from './html.ts';
import { icon, type Tone } from './icons.ts';
import { en } from './messages/en.ts';
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
  /** How wide it is: without it, it shares what is left. */
  readonly kind?: 'name' | 'word' | 'clock' | 'number' | 'two-times' | 'when';
}

/**
 * A table whose first column names the row. On a narrow screen each row becomes a block, short values on its first line and
 * texts below; the roles keep it a table for screen readers, which `display: block` would otherwise take away.
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
      : html`<td role="cell" class="${kind(index)}">${cell}</td>`,
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

const checkTitles = {
  'row-counts': 'checkRowCounts',
  'content-hashes': 'checkContentHashes',
  schema: 'checkSchema',
  sequences: 'checkSequences',
  canary: 'checkCanary',
  sql: 'checkSql',
  'page-checksums': 'checkPageChecksums',
  amcheck: 'checkAmcheck',
  'dump-files': 'checkDumpFiles',
  'write-probe': 'checkWriteProbe',
  files: 'checkFiles',
} as const;

/** The title of a check in the reader's language, when it is one of Holdfast's own; else as it was recorded. */
export function checkTitle(reader: Reader, check: CheckResult): Markup {
  const key = Object.hasOwn(checkTitles, check.name) ? checkTitles[check.name as keyof typeof checkTitles] : undefined;
  return key === undefined || check.title !== en[key] ? data(check.title) : reader.say(key);
}

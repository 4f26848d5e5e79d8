import type { Outcome } from '../model.ts';
import { assetsSection } from './assets.ts';
import { data, html, type Markup } from './html.ts';
import { lossSection } from './loss.ts';
import type { Language } from './messages/catalogue.ts';
import { objectivesSection } from './objectives.ts';
import { renderPage } from './page.ts';
import { terms, verdictWord } from './parts.ts';
import { conditionsSection, proofSection } from './proof.ts';
import { type Reader, readerFor } from './reader.ts';
import { style } from './style.ts';
import { timelineSection } from './timeline.ts';
import { verdictPanel } from './verdict.ts';

/** Where the signed evidence of an outcome lies, and what to compare it with. */
export interface ReportEvidence {
  /** Name of the file, as a person would give it to `evidence verify`. */
  readonly file: string;
  readonly sha256: string;
  readonly keyId: string;
  /** Index of its leaf in the audit log. */
  readonly leaf: number;
  readonly treeSize: number;
  readonly root: string;
}

export interface ReportExtras {
  readonly language: Language;
  /** IANA name of the site's time zone. One that is not known here becomes UTC, and the report says so. */
  readonly timezone: string;
  readonly evidence: ReportEvidence;
  readonly generatedAt: string;
}

/**
 * An outcome as one HTML page that needs nothing else: no script, no network, no other file. The same outcome and extras give
 * the same bytes. Everything in the outcome is treated as hostile text.
 */
export function renderReport(outcome: Outcome, extras: ReportExtras): string {
  const reader = readerFor(extras.language, extras.timezone, outcome.startedAt);
  return renderPage({
    language: extras.language,
    title: title(reader, outcome),
    style,
    holdfast: outcome.holdfast,
    main: html`${header(reader, outcome)}
${verdictPanel(reader, outcome)}
${objectivesSection(reader, outcome.assets)}
${lossSection(reader, outcome)}
${assetsSection(reader, outcome.assets)}
${timelineSection(reader, outcome)}
${conditionsSection(reader, outcome)}
${proofSection(reader, extras.evidence)}`,
    footer: footer(reader, outcome, extras),
  });
}

function reportName(reader: Reader, outcome: Outcome): Markup {
  if (outcome.negativeControl) return reader.say('controlReport');
  return reader.say(outcome.kind === 'drill' ? 'drillReport' : 'recoveryReport');
}

function title(reader: Reader, outcome: Outcome): Markup {
  const verdict = verdictWord(reader, outcome.verdict);
  return reader.say('documentTitle', { report: reportName(reader, outcome), site: outcome.site, verdict });
}

function header(reader: Reader, outcome: Outcome): Markup {
  return html`<header>
<p class="product">Holdfast</p>
<h1>${reportName(reader, outcome)} <span class="site">${data(outcome.site)}</span></h1>
${terms(
  [
    [
      reader.say('when'),
      reader.say('inZone', { time: reader.longMoment(outcome.startedAt), zone: data(reader.zone.name) }),
    ],
    [reader.say('duration'), reader.duration(outcome.durationMs)],
    [reader.say('by'), reader.say('onHost', { actor: data(outcome.actor), host: data(outcome.host) })],
    [reader.say('run'), html`<code>${data(outcome.run)}</code>`],
  ],
  'meta',
)}
</header>
`;
}

function footer(reader: Reader, outcome: Outcome, extras: ReportExtras): Markup {
  const zone = reader.zone.known
    ? reader.say('zone', { zone: data(reader.zone.name) })
    : reader.say('zoneUnknown', { zone: data(reader.zone.id) });
  return html`<footer><p>${zone}</p><p>${reader.say('recorded')}</p><p>${reader.say('made', {
    time: reader.moment(extras.generatedAt),
    version: data(outcome.holdfast),
  })}</p></footer>`;
}

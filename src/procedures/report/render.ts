import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import type { Language } from '../../evidence/report/messages/catalogue.ts';
import { renderPage } from '../../evidence/report/page.ts';
import { section, terms } from '../../evidence/report/parts.ts';
import type { ReportEvidence } from '../../evidence/report/render.ts';
import { version } from '../../lib/version.ts';
import { attentionSection, endingPanel } from './attention.ts';
import { alternativesSection, notUnderstoodSection, parametersSection, targetsSection } from './given.ts';
import { handCommands, proveCommand, verifyCommand } from './proof-commands.ts';
import { endingWord } from './say.ts';
import { notDoneSection, stepsSection } from './steps.ts';
import { style } from './style.ts';
import { timelineSection, timeSection } from './time.ts';
import { htmlWords, type Words } from './words.ts';

/**
 * A run of a runbook as one HTML page that needs nothing else: no script, no network, no other file. The same outcome, proof and
 * language give the same bytes. Everything in the outcome is treated as hostile text.
 */
export function renderReport(outcome: ProcedureOutcome, proof: ReportEvidence, language: Language): string {
  const words = htmlWords(outcome, language);
  return renderPage({
    language,
    title: words.say('documentTitle', {
      report: words.say('runReport'),
      runbook: outcome.runbook.title,
      ending: endingWord(words, outcome),
    }),
    style,
    main: html`${header(words, outcome)}
${endingPanel(words, outcome)}
${attentionSection(words, outcome)}
${timeSection(words, outcome)}
${timelineSection(words, outcome)}
${targetsSection(words, outcome)}
${parametersSection(words, outcome)}
${alternativesSection(words, outcome)}
${stepsSection(words, outcome)}
${notDoneSection(words, outcome)}
${notUnderstoodSection(words, outcome)}
${proofSection(words, outcome, proof)}`,
    footer: pageFooter(words, outcome),
  });
}

function header(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const time = words.longMoment(outcome.startedAt);
  return html`<header>
<p class="product">Holdfast · ${words.say('runReport')}</p>
<h1>${data(outcome.runbook.title)} <span class="site">${data(outcome.site)}</span></h1>
${terms(
  [
    [words.say('when'), words.say('inZone', { time, zone: data(words.zone.name) })],
    [words.say('duration'), words.duration(outcome.durationMs)],
    [words.say('by'), data(outcome.actor)],
    [words.say('runbook'), words.code(outcome.runbook.path)],
    [words.say('run'), words.code(outcome.run)],
  ],
  'meta',
)}
</header>
`;
}

/** Hashes, key, place in the audit log; and how each is checked, with Holdfast and without. */
function proofSection(words: Words<Markup>, outcome: ProcedureOutcome, proof: ReportEvidence): Markup {
  const hash = (text: string): Markup => html`<code class="hash">${data(text)}</code>`;
  const hand = handCommands(outcome, proof);
  const item = (why: Markup, command: string): Markup => html`<li>${why}<pre><code>${command}</code></pre></li>`;
  return section(
    'proof',
    words.say('proof'),
    html`<p>${words.say('proofIntro')}</p>
${terms(
  [
    [words.say('evidenceFile'), words.code(proof.file)],
    [words.say('sha256'), hash(proof.sha256)],
    [words.say('signingKey'), hash(proof.keyId)],
    [words.say('auditLeaf'), words.say('leafOf', { leaf: proof.leaf, size: proof.treeSize })],
    [words.say('auditRoot'), hash(proof.root)],
  ],
  'facts wide',
)}
<div class="callout"><h3>${words.say('verifyTitle')}</h3><p>${words.say('verifyWhy')}</p>
<pre><code>${verifyCommand(proof)}
${proveCommand(proof)}</code></pre></div>
<h3>${words.say('byHand')}</h3>
<ul class="hand">${item(words.say('byHandEvidence'), hand.evidence)}
${item(words.say('byHandSignature', { key: words.code(proof.keyId) }), hand.signature)}
${item(words.say('byHandRunbook', { hash: hash(outcome.runbook.sha256) }), hand.runbook)}
${hand.output && item(words.say('byHandOutput'), hand.output)}
${item(words.say('byHandLog'), hand.proof)}</ul>`,
  );
}

export function pageFooter(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const zone = words.zone.known
    ? words.say('zone', { zone: data(words.zone.name) })
    : words.say('zoneUnknown', { zone: data(words.zone.id) });
  return html`<footer><p>${zone}</p><p>${words.say('recorded')}</p><p>${words.say('made', {
    version,
    run: words.code(outcome.run),
  })}</p></footer>`;
}

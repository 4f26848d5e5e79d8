import { shellWord } from '../../lib/shell-word.ts';
import type { Outcome } from '../model.ts';
import { data, html, type Markup } from './html.ts';
import { section, status, table, terms } from './parts.ts';
import type { Reader } from './reader.ts';
import type { ReportEvidence } from './render.ts';

/** What the reader need not believe: hashes, key, place in the audit log, and the command that checks them all. */
export function proofSection(reader: Reader, evidence: ReportEvidence): Markup {
  return section(
    'proof',
    reader.say('proof'),
    html`<p>${reader.say('proofIntro')}</p>
${terms(
  [
    [reader.say('evidenceFile'), html`<code>${data(evidence.file)}</code>`],
    [reader.say('sha256'), html`<code class="hash">${evidence.sha256}</code>`],
    [reader.say('signingKey'), html`<code class="hash">${evidence.keyId}</code>`],
    [reader.say('auditLeaf'), reader.say('leafOf', { leaf: evidence.leaf, size: evidence.treeSize })],
    [reader.say('auditRoot'), html`<code class="hash">${evidence.root}</code>`],
  ],
  'facts wide',
)}
<div class="callout"><h3>${reader.say('verifyTitle')}</h3><p>${reader.say('verifyWhy')}</p>
<pre><code>holdfast evidence verify ${shellWord(evidence.file)}</code></pre></div>`,
  );
}

/** Under which conditions it ran: how strongly it was kept apart, and by which versions of which programs. */
export function conditionsSection(reader: Reader, outcome: Outcome): Markup {
  const [name, means, tone] = isolations[outcome.isolation];
  return section(
    'conditions',
    reader.say('conditions'),
    html`<p>${status(tone, html`${reader.say('isolation')}: <strong>${reader.say(name)}</strong>`)} <span>${reader.say(means)}</span></p>
${
  outcome.tools.length > 0 &&
  table(
    html`<span class="visually-hidden">${reader.say('program')}</span>`,
    [{ title: reader.say('program') }, { title: reader.say('version') }],
    [{ name: 'Holdfast', version: outcome.holdfast }, ...outcome.tools].map((tool) => [
      data(tool.name),
      data(tool.version),
    ]),
  )
}`,
  );
}

const isolations = {
  sandbox: ['sandbox', 'sandboxMeans', 'good'],
  process: ['process', 'processMeans', 'unsure'],
  none: ['none', 'noneMeans', 'plain'],
} as const;

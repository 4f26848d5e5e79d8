import type { ProcedureOutcome, StepOutcome } from '../../evidence/procedure-model.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import { icon } from '../../evidence/report/icons.ts';
import { section, status } from '../../evidence/report/parts.ts';
import {
  endingSentence,
  endingTone,
  endingWord,
  glassSaid,
  outcomeWord,
  remarksOf,
  skipReason,
  stepStatus,
  together,
  wordOf,
  wordSaid,
} from './say.ts';
import { anchorOf } from './steps.ts';
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
<p class="error">${words.say('errorLine', { message: words.recorded(outcome.error.message), code: words.code(outcome.error.code) })}</p>`
  }</div>
</section>
${outcome.mode === 'solo' && html`<div class="callout unsure solo"><p>${status('unsure', words.say('soloTitle'))}</p><p>${words.say('soloMeans', { actor: data(outcome.actor) })}</p></div>`}
`;
}

/** What is unknown, loud; then what failed and what was skipped. */
export function attentionSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  const steps = toReadFirst(outcome);
  if (steps.length === 0) return html``;
  return section(
    'attention',
    words.say('attention'),
    steps.map(
      (step) => html`<div class="loud${step.outcome === 'failed' && ' bad'}">
<h3>${status(...stepStatus(words, step))} <a href="#${anchorOf(outcome, step)}">${data(step.title)}</a></h3>
${step.outcome === 'unknown' && html`<p>${words.say('unknownMeans')}</p>`}${whyOf(words, outcome, step)}</div>
`,
    ),
  );
}

/** What did not simply succeed, the worst first: of unknown outcome, also where somebody has said what became of it; at last what ran through a broken glass. */
export function toReadFirst({ steps }: ProcedureOutcome): readonly StepOutcome[] {
  const order = ['unknown', 'failed', 'rolled-back', 'cancelled', 'skipped'] as const;
  const [unknown = [], ...others] = order.map((which) => steps.filter(({ outcome }) => outcome === which));
  const byWord = steps.filter((step) => step.outcome === 'succeeded' && wordOf(step) !== undefined);
  const broken = steps.filter(({ brokenGlass }) => brokenGlass !== undefined);
  return [...new Set([unknown, byWord, ...others, broken].flat())];
}

function whyOf(words: Words<Markup>, outcome: ProcedureOutcome, step: StepOutcome): Markup {
  const reason = skipReason(words, step) ?? wordSaid(words, outcome, step);
  const others = step.targets.filter(({ outcome: how }) => how !== 'succeeded' && how !== 'not-started');
  const remarks = others.map((target) => {
    const what = together(words, remarksOf(words, target)) ?? outcomeWord(words, target.outcome);
    return html`<li>${words.say('failedOn', { targets: html`<strong>${data(target.target)}</strong>`, why: what })}</li>`;
  });
  const glass = glassSaid(words, step).map((said) => html`<p>${words.say('brokenGlass')}: ${said}</p>`);
  return html`${reason && html`<p>${reason}</p>`}${glass}${remarks.length > 0 && html`<ul>${remarks}</ul>`}`;
}

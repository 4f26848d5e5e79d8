import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import { fence, type Markdown, md, mdBlocks, mdList, toMarkdown } from '../../evidence/report/markdown.ts';
import type { Language } from '../../evidence/report/messages/catalogue.ts';
import { renderPage } from '../../evidence/report/page.ts';
import { status, terms } from '../../evidence/report/parts.ts';
import type { HandOverExtras } from './hand-over-extras.ts';
import type { Part } from './hand-over-part.ts';
import { handOverParts } from './hand-over-parts.ts';
import type { Files } from './hand-over-rest.ts';
import { pageFooter } from './render.ts';
import { markdownFooter } from './render-markdown.ts';
import { endingTone, endingWord } from './say.ts';
import { handOverStyle } from './style.ts';
import { htmlWords, markdownWords, type Words } from './words.ts';

export interface HandOverOptions {
  readonly extras?: HandOverExtras;
  /** Names of the files that have all of it. */
  readonly files?: Files;
}

/** One page for whoever takes over: what is unknown, what failed, what is next with its exact commands, whom to ask. */
export function renderHandOver(outcome: ProcedureOutcome, language: Language, options: HandOverOptions = {}): string {
  const words = htmlWords(outcome, language);
  const parts = handOverParts(words, outcome, options.extras ?? {}, options.files);
  return renderPage({
    language,
    title: words.say('documentTitle', {
      report: words.say('handOver'),
      runbook: outcome.runbook.title,
      ending: stateWord(words, outcome, options),
    }),
    style: handOverStyle,
    main: html`${header(words, outcome, options)}
${parts.filter(isWeighty).map(partInHtml)}
<div class="columns">
${parts.filter((part) => !isWeighty(part)).map(partInHtml)}</div>`,
    footer: pageFooter(words, outcome),
  });
}

/** What is acted on has the whole width; the rest stands in two columns where there is room, to be on one sheet. */
function isWeighty({ id }: Part<Markup>): boolean {
  return id === 'unknown' || id === 'failed' || id === 'next';
}

function header(words: Words<Markup>, outcome: ProcedureOutcome, options: HandOverOptions): Markup {
  return html`<header>
<p class="product">Holdfast · ${words.say('handOver')}</p>
<h1>${data(outcome.runbook.title)} <span class="site">${data(outcome.site)}</span></h1>
<p class="ended">${status(endingTone(outcome), stateWord(words, outcome, options))} ${asOf(words, outcome)}</p>
${terms(
  [
    [words.say('run'), words.code(outcome.run)],
    [words.say('runbook'), words.code(outcome.runbook.path)],
    [words.say('duration'), words.duration(outcome.durationMs)],
    [words.say('by'), data(outcome.actor)],
    [words.say('soloTitle'), outcome.mode === 'solo' && words.say('soloMeans', { actor: data(outcome.actor) })],
  ],
  'meta',
)}
</header>
`;
}

/** A run that is under way, or can be brought back, has not ended. */
function stateWord<Text>(words: Words<Text>, outcome: ProcedureOutcome, { extras }: HandOverOptions): Text {
  if (extras?.underWay === true) return words.say('endUnderWay');
  return extras?.interrupted === true ? words.say('endInterrupted') : endingWord(words, outcome);
}

function asOf<Text>(words: Words<Text>, { finishedAt }: ProcedureOutcome): Text {
  return words.say('handOverAsOf', { time: words.longMoment(finishedAt), zone: words.data(words.zone.name) });
}

function partInHtml({ id, title, tone, loud, said, items, commands }: Part<Markup>): Markup {
  const heading = tone === 'plain' || tone === 'good' ? title : status(tone, title);
  return html`<section id="${id}" class="part${loud && ' loud'}${loud && tone === 'bad' && ' bad'}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${heading}</h2>
${said.map((one) => html`<p>${tone === 'good' ? status('good', one) : one}</p>`)}
${
  items.length > 0 &&
  html`<ul>${items.map(
    (item) => html`<li>${item.said.length > 0 ? html`<strong>${item.title}</strong>` : item.title}${item.said.map(
      (one) => html`<span class="remark">${one}</span>`,
    )}${item.command !== undefined && html`<pre><code>${item.command}</code></pre>`}</li>
`,
  )}</ul>`
}
${commands.map(({ why, command }) => html`<p>${why}</p><pre class="command"><code>${command}</code></pre>`)}
</section>
`;
}

/** The same page in Markdown, for a chat, a ticket or a wiki. */
export function renderHandOverMarkdown(
  outcome: ProcedureOutcome,
  language: Language,
  options: HandOverOptions = {},
): string {
  const words = markdownWords(outcome, language);
  const parts = handOverParts(words, outcome, options.extras ?? {}, options.files);
  const page = mdBlocks([
    md`# ${words.say('handOver')}: ${outcome.runbook.title}`,
    md`**${stateWord(words, outcome, options)}.** ${asOf(words, outcome)}`,
    mdList([
      md`**${words.say('run')}:** ${words.code(outcome.run)}`,
      md`**${words.say('runbook')}:** ${words.code(outcome.runbook.path)}`,
      md`**${words.say('duration')}:** ${words.duration(outcome.durationMs)}`,
      md`**${words.say('by')}:** ${outcome.actor} (${outcome.site})`,
    ]),
    outcome.mode === 'solo' &&
      md`> **${words.say('soloTitle')}.** ${words.say('soloMeans', { actor: words.data(outcome.actor) })}`,
    ...parts.map(partInMarkdown),
    md`---`,
    markdownFooter(words, outcome),
  ]);
  return `${toMarkdown(page)}\n`;
}

function partInMarkdown({ title, tone, said, items, commands }: Part<Markdown>): Markdown {
  const mark = tone === 'bad' ? md`✘ ` : tone === 'unsure' ? md`⚠ ` : md``;
  const short = items.every((item) => item.said.length === 0);
  return mdBlocks([
    md`## ${mark}${title}`,
    ...said.map((one) => (tone === 'good' ? md`✔ ${one}` : one)),
    ...(short
      ? [items.length > 0 && mdList(items.map((item) => item.title))]
      : items.flatMap((item) => [
          md`**${item.title}**`,
          item.said.length > 0 && mdList(item.said),
          item.command !== undefined && fence(item.command),
        ])),
    ...commands.flatMap(({ why, command }) => [why, fence(command, 'sh')]),
  ]);
}

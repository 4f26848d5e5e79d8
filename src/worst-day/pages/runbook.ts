import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';
import { section, status, table, terms } from '../../evidence/report/parts.ts';
import type { Alternatives, Parameter, Procedure } from '../../runbooks/types.ts';
import { inLanguage, type Sentence } from '../../runbooks/words/index.ts';
import { blank, type Desk, labelled, type PageText } from '../frame.ts';
import type { RunbookPicture } from '../picture.ts';
import type { Speaker } from '../speak.ts';
import { effectMarks, isHard } from './effects.ts';
import { inline, prose } from './prose.ts';
import { type StepView, stepItem, stepLink } from './step.ts';
import { tableOf } from './tables.ts';
import { type Piece, weave } from './weave.ts';

/** A runbook to work through with a pen: its steps between its own words, and its whole text at the end. */
export function runbookPage(desk: Desk, runbook: RunbookPicture): PageText {
  const { speaker } = desk;
  const { procedure, path, file } = runbook;
  return {
    file: `runbooks/${file}`,
    title: data(procedure.title || path),
    lead: html`${procedure.description !== undefined && html`${data(procedure.description)} `}${speaker.say('runbookLead', { path: html`<code>${data(path)}</code>` })}`,
    body: html`${dangers(desk, procedure)}
${notUnderstood(speaker, procedure)}
${procedure.parameters.length > 0 && section('fill-in', speaker.say('fillIn'), parameterTable(speaker, procedure.parameters))}
${section('procedure', speaker.say('procedure'), body(desk, runbook))}
${section('whole-text', speaker.say('wholeText'), wholeText(speaker, runbook))}`,
  };
}

function dangers({ speaker }: Desk, procedure: Procedure): Content {
  const hard = procedure.steps.filter(({ effects }) => isHard(effects));
  const known = hard.filter(({ effects }) => isHard(effects.filter((effect) => effect !== 'unknown')));
  const unknown = hard.filter((step) => !known.includes(step));
  const warnings = procedure.findings.filter(({ level }) => level !== 'info');
  return html`${
    hard.length > 0 &&
    html`<div class="callout bad"><h3>${status('bad', speaker.say('dangerous'))}</h3>${
      known.length > 0 &&
      html`<ul>${known.map((step) => html`<li>${stepLink(step, speaker.say('dangerousStep', { step: data(step.id), line: String(step.line), title: data(step.title) }))}</li>`)}</ul>`
    }${
      unknown.length > 0 &&
      html`<p>${speaker.say('dangerousUnknown', { steps: speaker.list(unknown.map((step) => stepLink(step))) })}</p>`
    }</div>`
  }
${
  warnings.length > 0 &&
  html`<div class="callout unsure"><h3>${status('unsure', speaker.say('warnings'))}</h3><ul>${warnings.map(
    ({ line, said, message }) =>
      html`<li>${labelled(speaker, lineLink(speaker, line), sentenceOf(speaker, said, message))}</li>`,
  )}</ul></div>`
}`;
}

function notUnderstood(speaker: Speaker, { notUnderstood: found }: Procedure): Content {
  if (found.length === 0) return undefined;
  return html`<div class="callout unsure"><h3>${status('unsure', speaker.say('notUnderstood'))}</h3><p>${speaker.say('notUnderstoodLead')}</p><ul>${found.map(
    ({ line, said, why, text }) =>
      html`<li>${labelled(speaker, lineLink(speaker, line), sentenceOf(speaker, said, why))}<pre class="quiet"><code>${text}</code></pre></li>`,
  )}</ul></div>`;
}

/** What was said of the runbook while it was read, in the language of the page. */
function sentenceOf({ language }: Speaker, said: Sentence, english: string): Content {
  return inline(inLanguage(language, said) ?? english);
}

function lineLink(speaker: Speaker, line: number): Markup {
  return html`<a href="#L${line}">${speaker.say('line', { line: String(line) })}</a>`;
}

function parameterTable(speaker: Speaker, parameters: readonly Parameter[]): Markup {
  return table(
    html`<span class="visually-hidden">${speaker.say('fillIn')}</span>`,
    [
      { title: speaker.say('parameter'), kind: 'name' },
      { title: speaker.say('value') },
      { title: speaker.say('usedIn') },
    ],
    parameters.map((parameter) => [
      html`<code>${data(parameter.name)}</code>${parameter.description !== undefined && html` ${data(parameter.description)}`}`,
      toFill(speaker, parameter),
      speaker.list([...new Set(parameter.lines)].slice(0, 12).map((line) => html`<a href="#L${line}">${line}</a>`)),
    ]),
  );
}

function toFill(speaker: Speaker, { source, default: given }: Parameter): Content {
  if (source === 'document') return speaker.say('fromDocument');
  if (source === 'captured') return html`${speaker.say('fromOutput')} ${blank()}`;
  if (given !== undefined)
    return html`${blank()} ${speaker.say('defaultIs', { value: html`<code>${data(given)}</code>` })}`;
  return blank();
}

function body(desk: Desk, { source, procedure, verified }: RunbookPicture): Markup {
  const { speaker } = desk;
  const choices = procedure.alternatives.flatMap((one) => one.choices);
  const ways = new Map(choices.map(({ id, title }) => [id, title]));
  const lines = new Map(choices.map(({ line, title }) => [line, title]));
  const steps = new Map(procedure.steps.map((step) => [step.id, step]));
  const view: StepView = { speaker, ways, steps, ...(verified === undefined ? {} : { verified }) };
  const shown = new Set<Alternatives>();
  const pieces = weave(source, procedure);
  return html`<div class="woven">${pieces.filter(isNews).map((piece) => {
    const begun = procedure.alternatives.filter((one) => !shown.has(one) && beginsIn(one, piece));
    for (const one of begun) shown.add(one);
    const way = piece.kind === 'heading' ? lines.get(piece.line) : undefined;
    return html`${begun.map((one) => chooser(speaker, one))}${pieceOf(view, piece, way)}
`;
  })}</div>`;
}

/** The words before a command are its step's title: they are not said twice. */
function isNews(piece: Piece, index: number, pieces: readonly Piece[]): boolean {
  const next = pieces[index + 1];
  if (piece.kind !== 'prose' || next === undefined) return true;
  const step = next.kind === 'block' ? next.steps[0] : next.kind === 'step' ? next.step : undefined;
  return step === undefined || titled(piece.text) !== titled(step.title);
}

function titled(text: string): string {
  return text
    .replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+/, '')
    .replaceAll(/[\s*`]+/g, ' ')
    .replace(/[:：]\s*$/, '')
    .trim();
}

/** Whether the first of the ways stands here: at its line, or within a block. */
function beginsIn({ line, choices }: Alternatives, piece: Piece): boolean {
  if (piece.line === line) return true;
  const ids = new Set(choices.map(({ id }) => id));
  const steps = piece.kind === 'block' ? piece.steps : piece.kind === 'step' ? [piece.step] : [];
  return steps.some(({ alternative }) => alternative !== undefined && ids.has(alternative));
}

/** Which way to go is asked where the ways begin, before any of their steps. */
function chooser(speaker: Speaker, ways: Alternatives): Markup {
  return html`<div class="choice"><p><strong>${speaker.say('chooseOne')}</strong> ${data(ways.question)}</p><ul class="runs">${ways.choices.map(
    ({ line, title }) => html`<li><span class="box"></span> <a href="#L${line}">${data(title)}</a></li>`,
  )}</ul></div>`;
}

function pieceOf(view: StepView, piece: Piece, way: string | undefined): Content {
  const { speaker } = view;
  switch (piece.kind) {
    case 'heading':
      return html`<h3 class="heading${piece.depth > 3 && ' deep'}">${way !== undefined && html`<span class="box"></span> `}${data(piece.text)}</h3>`;
    case 'prose':
      return prose(piece.text);
    case 'item':
      return html`<p><span class="box${piece.done && ' ticked'}"></span> ${data(piece.text)}</p>`;
    case 'table':
      return tableOf(piece.table);
    case 'prompt':
      return html`<div class="callout"><h4>${speaker.say('prompt')}</h4><p class="muted">${speaker.say('promptNote')}</p><pre class="quiet"><code>${piece.prompt.text}</code></pre></div>`;
    case 'step':
      return html`<ul class="steps">${stepItem(view, piece.step)}</ul>`;
    case 'block':
      return blockOf(view, piece);
  }
}

const uses = {
  configuration: 'configuration',
  template: 'template',
  example: 'example',
  transcript: 'transcript',
  prompt: 'prompt',
  alternative: 'alternative',
  'not-understood': 'notUnderstood',
  step: 'code',
} as const;

function blockOf(view: StepView, { block, steps }: Extract<Piece, { kind: 'block' }>): Markup {
  if (steps.length > 0) return html`<ul class="steps">${steps.map((step) => stepItem(view, step))}</ul>`;
  const marks = effectMarks(
    view.speaker,
    block.effects.filter((effect) => effect !== 'not-shell'),
  );
  return html`<div class="block"><p class="badge">${view.speaker.say(uses[block.use])}${block.language !== '' && html` · ${data(block.language)}`} · ${sentenceOf(view.speaker, block.said, block.why)}</p>
<pre class="quiet"><code>${block.text}</code></pre>${marks.length > 0 && html`<p class="marks">${marks}</p>`}</div>`;
}

/** Line by line, numbered by the style sheet, so that what is copied has no numbers in it. */
function wholeText(speaker: Speaker, { source, procedure }: RunbookPicture): Markup {
  const lines = source
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '')
    .split('\n');
  return html`<p class="muted">${speaker.say('wholeTextLead')}</p>
${terms([[speaker.say('sourceHash'), html`<code class="hash">${procedure.sha256}</code>`]])}
<pre class="source"><code>${lines.map(
    (line, index) => html`<span class="line" id="L${index + 1}">${line}
</span>`,
  )}</code></pre>`;
}

import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import { section, status, table } from '../../evidence/report/parts.ts';
import { identityOf, notUnderstoodWhy, sourceWord } from './say.ts';
import type { Words } from './words.ts';

export function targetsSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.targets.length === 0) return html``;
  return section(
    'targets',
    words.say('targets'),
    html`${table(
      html`<span class="visually-hidden">${words.say('targets')}</span>`,
      [
        { title: words.say('target'), kind: 'name' },
        { title: words.say('reachedBy'), kind: 'word' },
        { title: words.say('identity') },
        { title: words.say('result') },
      ],
      outcome.targets.map(({ name, kind, pinned }) => [
        data(name),
        data(kind),
        identityOf(words, outcome, name) ?? html`<span class="none muted" aria-hidden="true">–</span>`,
        pinned ? status('good', words.say('pinned')) : status('unsure', words.say('notPinned')),
      ]),
    )}${outcome.targets.some(({ pinned }) => !pinned) && html`<p class="below">${words.say('notPinnedMeans')}</p>`}`,
  );
}

export function parametersSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.parameters.length === 0) return html``;
  return section(
    'parameters',
    words.say('parameters'),
    table(
      html`<span class="visually-hidden">${words.say('parameters')}</span>`,
      [
        { title: words.say('name'), kind: 'name' },
        { title: words.say('value') },
        { title: words.say('source'), kind: 'word' },
      ],
      outcome.parameters.map(({ name, value, source }) => [
        words.code(name),
        words.code(value),
        sourceWord(words, source),
      ]),
    ),
  );
}

export function alternativesSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.alternatives.length === 0) return html``;
  return section(
    'alternatives',
    words.say('alternatives'),
    table(
      html`<span class="visually-hidden">${words.say('alternatives')}</span>`,
      [
        { title: words.say('question'), kind: 'name' },
        { title: words.say('chosen') },
        { title: words.say('who'), kind: 'word' },
      ],
      outcome.alternatives.map(({ question, chosen, by }) => [data(question), data(chosen), data(by)]),
    ),
  );
}

export function notUnderstoodSection(words: Words<Markup>, outcome: ProcedureOutcome): Markup {
  if (outcome.notUnderstood.length === 0) return html``;
  return section(
    'not-understood',
    words.say('notUnderstood'),
    html`<p>${words.say('notUnderstoodMeans')}</p>
${table(
  html`<span class="visually-hidden">${words.say('notUnderstood')}</span>`,
  [{ title: words.say('line'), kind: 'clock' }, { title: words.say('reason') }],
  outcome.notUnderstood.map((one) => [words.number(one.line), notUnderstoodWhy(words, one)]),
)}`,
  );
}

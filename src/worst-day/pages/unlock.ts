import type { SecretRef } from '../../config/site.ts';
import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';
import { section, table } from '../../evidence/report/parts.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { blank, type Desk, type PageText, pages } from '../frame.ts';
import type { Speaker } from '../speak.ts';

/** Where passwords are kept and who keeps copies: references in words, never a secret. */
export function unlockPage(desk: Desk): PageText {
  const { speaker, picture } = desk;
  return {
    file: pages.unlock.file,
    title: speaker.say('unlock'),
    lead: speaker.say('unlockLead'),
    body: html`${section(
      'passwords',
      speaker.say('whereKept'),
      html`${secretTable(desk)}
<p>${speaker.say('machineGone', { people: html`<a href="#custodians">${speaker.say('custodians')}</a>` })}</p>`,
    )}
${section('custodians', speaker.say('custodians'), custodians(desk))}
${section(
  'signing',
  speaker.say('signingKey'),
  html`<p><code class="hash">${data(picture.key)}</code></p><p>${speaker.say('signingKeyPlace', { path: html`<code>keys/signing.key</code>` })}</p>`,
)}`,
  };
}

/** Where a secret is read, in words. */
export function secretWords(speaker: Speaker, ref: SecretRef): Markup {
  const code = (text: string) => html`<code>${data(text)}</code>`;
  if ('file' in ref) return speaker.say('secretFile', { path: code(ref.file) });
  if ('env' in ref) return speaker.say('secretEnv', { name: code(ref.env) });
  return speaker.say('secretCommand', { command: code(ref.command.map(shellWord).join(' ')) });
}

function secretTable({ speaker, picture }: Desk): Markup {
  const rows: (readonly [Content, SecretRef])[] = [
    ...picture.stores.map(
      ({ name, password }) => [speaker.say('passwordOfStore', { store: data(name) }), password] as const,
    ),
    ...picture.assets.flatMap(({ name, postgres }) =>
      postgres === undefined ? [] : [[speaker.say('urlOfAsset', { asset: data(name) }), postgres.url] as const],
    ),
    ...picture.secrets.map(({ name, ref }) => [speaker.say('secretParameter', { name: data(name) }), ref] as const),
  ];
  return table(
    html`<span class="visually-hidden">${speaker.say('whereKept')}</span>`,
    [{ title: speaker.say('whatItOpens'), kind: 'name' }, { title: speaker.say('whereKept') }],
    rows.map(([what, ref]) => [what, secretWords(speaker, ref)]),
  );
}

function custodians({ speaker, picture }: Desk): Markup {
  const found = picture.people.filter(({ roles }) => roles.some((role) => role.includes('custodian')));
  if (found.length === 0) {
    return html`<p>${speaker.say('noCustodians')}</p>${[0, 1, 2].map(() => html`<p>${blank('long')}</p>`)}`;
  }
  return table(
    html`<span class="visually-hidden">${speaker.say('custodians')}</span>`,
    [{ title: speaker.say('person'), kind: 'name' }, { title: speaker.say('roles') }, { title: speaker.say('reach') }],
    found.map(({ name, roles }) => [data(name), speaker.list(roles.map(data)), blank()]),
  );
}

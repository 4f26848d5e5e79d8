import { data, html, type Markup } from '../../evidence/report/html.ts';
import { section, table } from '../../evidence/report/parts.ts';
import type { TableKind } from '../../runbooks/types.ts';
import { blank, type Desk, type PageText, pages } from '../frame.ts';
import type { MessageKey } from '../messages/catalogue.ts';
import { tablesOf } from './tables.ts';

const kinds = [
  ['contacts', 'contacts', ['contacts']],
  ['roles', 'rolesAndDuties', ['roles']],
  ['escalation', 'escalation', ['escalation']],
  ['severity', 'severity', ['severity']],
  ['incident-types', 'incidentTypes', ['incident-types']],
  ['objectives', 'objectives', ['objectives']],
] as const satisfies readonly (readonly [string, MessageKey, readonly TableKind[]])[];

/** Who to call, who decides, how serious it is: from the site file and from the tables of all runbooks. */
export function peoplePage(desk: Desk): PageText {
  const { speaker, picture } = desk;
  const all = kinds.map(([id, key, wanted]) => ({
    id,
    key,
    found: id === 'severity' ? severities(desk) : tablesOf(desk, wanted),
  }));
  const there = all.filter(({ found }) => found.length > 0);
  const missing = all.filter(({ found }) => found.length === 0);
  const nobody = picture.people.length === 0 && tablesOf(desk, ['contacts']).length === 0;
  return {
    file: pages.people.file,
    title: speaker.say('people'),
    lead: speaker.say('peopleLead'),
    body: html`${nobody && html`<div class="callout unsure"><p>${speaker.say('nobody')}</p>${[0, 1, 2, 3].map(() => html`<p>${blank('long')}</p>`)}</div>`}
${picture.people.length > 0 && section('site-people', speaker.say('peopleOfSite'), siteTable(desk))}
${picture.owners.length > 0 && section('owners', speaker.say('owners'), ownerTable(desk))}
${there.map(({ id, key, found }) => section(id, speaker.say(key), found))}
${missing.length > 0 && html`<p class="muted apart">${speaker.say('nothingOfKinds', { kinds: speaker.list(missing.map(({ key }) => speaker.say(key))) })}</p>`}`,
  };
}

/** As a table says it, or, where a runbook draws or lists its levels, as they were read. */
function severities(desk: Desk): readonly Markup[] {
  const { speaker, picture } = desk;
  const lists = picture.runbooks
    .filter(
      ({ procedure }) => procedure.severities.length > 0 && !procedure.tables.some(({ kind }) => kind === 'severity'),
    )
    .map(({ file, path, procedure }) => {
      const [first] = procedure.severities;
      const place = html`<a href="${desk.up}runbooks/${file}#L${first?.line}">${data(procedure.title || path)}</a>`;
      const within = (milliseconds: number | undefined) =>
        milliseconds === undefined ? '' : speaker.objective(milliseconds);
      return html`${table(
        html`<span class="visually-hidden">${speaker.say('severity')}</span>`,
        [
          { title: speaker.say('level'), kind: 'name' },
          { title: speaker.say('respondWithin') },
          { title: speaker.say('recoverWithin') },
        ],
        procedure.severities.map(({ name, responseMs, recoveryMs }) => [
          data(name),
          within(responseMs),
          within(recoveryMs),
        ]),
      )}
<p class="from">${speaker.say('fromRunbook', { runbook: place, line: String(first?.line) })}</p>
`;
    });
  return [...tablesOf(desk, ['severity']), ...lists];
}

function siteTable({ speaker, picture }: Desk): Markup {
  return table(
    html`<span class="visually-hidden">${speaker.say('peopleOfSite')}</span>`,
    [{ title: speaker.say('person'), kind: 'name' }, { title: speaker.say('roles') }, { title: speaker.say('reach') }],
    picture.people.map(({ name, roles }) => [
      data(name),
      roles.length === 0 ? speaker.say('noRoles') : speaker.list(roles.map(data)),
      blank(),
    ]),
  );
}

function ownerTable({ speaker, picture }: Desk): Markup {
  return table(
    html`<span class="visually-hidden">${speaker.say('owners')}</span>`,
    [{ title: speaker.say('gate'), kind: 'name' }, { title: speaker.say('owner') }],
    picture.owners.map(({ gate, people }) => [
      gate === '*' ? speaker.say('anyGate') : html`<code>${data(gate)}</code>`,
      speaker.list(people.map(data)),
    ]),
  );
}

import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';
import { section, status, table, verdictTones } from '../../evidence/report/parts.ts';
import { blank, box, type Desk, link, type PageText, pages } from '../frame.ts';
import type { AssetPicture, DrillPicture } from '../picture.ts';
import type { Speaker } from '../speak.ts';
import { isHard } from './effects.ts';
import { tablesOf } from './tables.ts';

/** The first page: what to do in the first five minutes, in the order people, access, backups, recovery. */
export function frontPage(desk: Desk): PageText {
  const { speaker, picture } = desk;
  return {
    file: pages.front.file,
    title: speaker.say('front'),
    lead: speaker.say('frontLead', { site: data(picture.site) }),
    body: html`${section('first', speaker.say('firstFive'), firstMinutes(desk))}
${contacts(desk)}
${section('comes-back', speaker.say('whatComesBack'), comesBack(desk))}
${section('runbooks', speaker.say('runbooks'), runbookList(desk))}
${traps(desk)}
${section('gates', speaker.say('openGates'), openGates(desk))}`,
  };
}

function firstMinutes(desk: Desk): Markup {
  const { speaker } = desk;
  const restore = link(desk, 'restore');
  const items: readonly (readonly [title: Content, what: Content, note: Content])[] = [
    [
      speaker.say('firstPeople'),
      speaker.say('firstPeopleDo', { people: link(desk, 'people') }),
      speaker.say('firstPeopleNote', { blank: blank() }),
    ],
    [speaker.say('firstAccess'), speaker.say('firstAccessDo'), speaker.say('firstAccessNote')],
    [
      speaker.say('firstBackups'),
      speaker.say('firstBackupsDo'),
      speaker.say('firstBackupsNote', {
        table: html`<a href="#comes-back">${speaker.say('whatComesBack')}</a>`,
        restore,
      }),
    ],
    [
      speaker.say('firstRecover'),
      speaker.say('firstRecoverDo'),
      speaker.say('firstRecoverNote', { command: html`<code>holdfast recover</code>`, restore }),
    ],
  ];
  return html`<ol class="first">${items.map(
    ([title, what, note]) => html`<li>${box}<h3>${title}</h3><p>${what}</p><p class="muted">${note}</p></li>
`,
  )}</ol>`;
}

function comesBack(desk: Desk): Markup {
  const { speaker, picture } = desk;
  if (picture.assets.length === 0) return html`<p>${speaker.say('noPoint')}</p>`;
  return html`${!picture.recorded && html`<p class="callout unsure">${speaker.say('noRecords')}</p>`}
${table(
  html`<span class="visually-hidden">${speaker.say('whatComesBack')}</span>`,
  [
    { title: speaker.say('asset'), kind: 'name' },
    { title: speaker.say('promised') },
    { title: speaker.say('newestPoint') },
    { title: speaker.say('lastDrill') },
  ],
  picture.assets.map((asset) => [
    html`${asset.wave}. <a href="${desk.up}${pages.restore.file}#restore-${asset.name}">${data(asset.name)}</a>`,
    speaker.say('promisedBoth', { rpo: speaker.objective(asset.rpoMs), rto: speaker.objective(asset.rtoMs) }),
    newestPoint(desk, asset),
    lastDrill(speaker, asset.lastDrill),
  ]),
)}`;
}

function newestPoint({ speaker, picture }: Desk, { points }: AssetPicture): Content {
  const [newest] = points;
  if (newest === undefined) return status('unsure', speaker.say('noPoint'));
  const age = speaker.duration(Math.max(0, Date.parse(picture.madeAt) - Date.parse(newest.takenAt)));
  return speaker.say('pointAndAge', { time: speaker.moment(newest.takenAt), age });
}

/** What a drill found, by word and sign, with how long it took. */
export function lastDrill(speaker: Speaker, drill: DrillPicture | undefined): Content {
  if (drill === undefined) return status('unsure', speaker.say('noDrill'));
  const words = { PROVEN: 'proven', FAILED: 'failed', 'COULD NOT VERIFY': 'couldNotVerify' } as const;
  const found = speaker.say('drillOf', {
    verdict: html`<strong>${speaker.say(words[drill.verdict])}</strong>`,
    time: speaker.moment(drill.at),
    store: data(drill.store),
  });
  const took =
    drill.tookMs !== undefined && html` · ${speaker.say('drillTook', { time: speaker.duration(drill.tookMs) })}`;
  return status(verdictTones[drill.verdict], html`${found}${took}`);
}

function runbookList(desk: Desk): Markup {
  const { speaker, picture } = desk;
  if (picture.runbooks.length === 0) return html`<p>${speaker.say('noRunbooks')}</p>`;
  return html`<ul class="runs">${picture.runbooks.map(({ file, path, procedure }) => {
    const hard = procedure.steps.filter(({ effects }) => isHard(effects)).length;
    return html`<li>${box} <a href="${desk.up}runbooks/${file}">${data(procedure.title || path)}</a> <span class="muted">${speaker.say('stepsAndHard', { steps: procedure.steps.length, hard })} · <code>${data(path)}</code></span></li>
`;
  })}</ul>`;
}

/** On the first sheet already: it is what is needed first. */
function contacts(desk: Desk): Content {
  const found = tablesOf(desk, ['contacts']);
  return found.length > 0 && section('contacts', desk.speaker.say('contacts'), found);
}

function traps(desk: Desk): Content {
  const found = tablesOf(desk, ['traps']);
  return found.length > 0 && section('traps', desk.speaker.say('traps'), found);
}

function openGates({ speaker, picture }: Desk): Markup {
  if (picture.openGates.length === 0) return html`<p>${speaker.say('noOpenGates')}</p>`;
  return table(
    html`<span class="visually-hidden">${speaker.say('openGates')}</span>`,
    [
      { title: speaker.say('gate'), kind: 'name' },
      { title: speaker.say('openedBy') },
      { title: speaker.say('until') },
      { title: speaker.say('reason') },
    ],
    picture.openGates.map((open) => [
      html`<code>${data(open.gate)}</code>`,
      html`${data(open.openedBy)}${open.breakGlass && html` · <strong>${speaker.say('breakGlass')}</strong>`}`,
      speaker.moment(open.expiresAt),
      data(open.reason),
    ]),
  );
}

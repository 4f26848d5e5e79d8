import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';
import { section, table } from '../../evidence/report/parts.ts';
import { type Desk, labelled, type PageText, pages } from '../frame.ts';
import type { AssetPicture, PointPicture, StorePicture } from '../picture.ts';
import type { Speaker } from '../speak.ts';
import { lastDrill } from './front.ts';

/** What is protected, in the order in which it may come back, where its copies lie, and where runbooks run. */
export function mapPage(desk: Desk): PageText {
  const { speaker, picture } = desk;
  return {
    file: pages.map.file,
    title: speaker.say('map'),
    lead: speaker.say('mapLead'),
    body: html`${section('assets', speaker.say('assets'), assetTable(desk))}
${section('stores', speaker.say('stores'), storeTable(desk))}
${picture.targets.length > 0 && section('targets', speaker.say('targets'), targetTable(desk))}
${picture.groups.length > 0 && section('groups', speaker.say('groups'), groupTable(desk))}
${picture.assets
  .filter(({ points }) => points.length > 0)
  .map((asset) => {
    const title = speaker.say('recoveryPoints', { asset: data(asset.name) });
    return section(
      `points-${asset.name}`,
      title,
      html`${pointTable(speaker, asset.points)}
<p>${labelled(speaker, speaker.say('lastDrill'), lastDrill(speaker, asset.lastDrill))}</p>
<p>${labelled(speaker, speaker.say('lastProven'), asset.lastProven === undefined ? lastDrill(speaker, undefined) : html`<code>${data(asset.lastProven.point)}</code> ${lastDrill(speaker, asset.lastProven)}`)}</p>`,
    );
  })}`,
  };
}

function assetTable({ speaker, picture }: Desk): Markup {
  return table(
    hidden(speaker.say('assets')),
    [
      { title: speaker.say('asset'), kind: 'name' },
      { title: speaker.say('kind') },
      { title: speaker.say('promised') },
      { title: speaker.say('after') },
      { title: speaker.say('where') },
      { title: speaker.say('copies') },
    ],
    picture.assets.map((asset) => [
      html`${asset.wave}. ${data(asset.name)}`,
      speaker.say(asset.kind),
      speaker.say('promisedShort', { rpo: speaker.objective(asset.rpoMs), rto: speaker.objective(asset.rtoMs) }),
      asset.after.length === 0 ? speaker.say('afterNothing') : speaker.list(asset.after.map(data)),
      html`${whereOf(asset).map((place) => html`<code>${data(place)}</code> `)}`,
      speaker.list(asset.copies.map(data)),
    ]),
  );
}

function whereOf({ paths, postgres }: AssetPicture): readonly string[] {
  return postgres?.cluster === undefined ? paths : [postgres.cluster.data];
}

const tiers = {
  local: 'tierLocal',
  ring: 'tierRing',
  cold: 'tierCold',
  object: 'tierObject',
  offline: 'tierOffline',
} as const satisfies Record<StorePicture['tier'], string>;

/** How far a store is, in words. */
export function tierWord(speaker: Speaker, tier: StorePicture['tier']): Markup {
  return speaker.say(tiers[tier]);
}

function storeTable({ speaker, picture }: Desk): Markup {
  return table(
    hidden(speaker.say('stores')),
    [
      { title: speaker.say('store'), kind: 'name' },
      { title: speaker.say('tier') },
      { title: speaker.say('place') },
      { title: speaker.say('holds') },
    ],
    picture.stores.map((store) => [
      data(store.name),
      tierWord(speaker, store.tier),
      html`<code>${data(store.repository)}</code>`,
      speaker.list(picture.assets.filter(({ copies }) => copies.includes(store.name)).map(({ name }) => data(name))),
    ]),
  );
}

function targetTable({ speaker, picture }: Desk): Markup {
  return table(
    hidden(speaker.say('targets')),
    [
      { title: speaker.say('target'), kind: 'name' },
      { title: speaker.say('reach') },
      { title: speaker.say('identity') },
    ],
    picture.targets.map((target) => [
      html`${data(target.name)}${!target.live && html` <span class="muted">${speaker.say('rehearsalOnly')}</span>`}`,
      html`<code>${data(target.reach)}</code>`,
      target.identity.length === 0
        ? speaker.say('identityNone')
        : target.identity.map(
            ({ fact, value }) => html`${labelled(speaker, data(fact), html`<code>${data(value)}</code>`)} `,
          ),
    ]),
  );
}

function groupTable({ speaker, picture }: Desk): Markup {
  return table(
    hidden(speaker.say('groups')),
    [{ title: speaker.say('group'), kind: 'name' }, { title: speaker.say('members') }],
    picture.groups.map((group) => [data(group.name), speaker.list(group.targets.map(data))]),
  );
}

/** Recovery points that were known, with what is needed to know them again. */
export function pointTable(speaker: Speaker, points: readonly PointPicture[]): Markup {
  return table(
    speaker.say('knownPoints'),
    [
      { title: speaker.say('point'), kind: 'name' },
      { title: speaker.say('taken') },
      { title: speaker.say('content') },
      { title: speaker.say('copies') },
      { title: speaker.say('factsHash') },
    ],
    points.map((point) => [
      html`<code>${data(point.id)}</code>`,
      speaker.moment(point.takenAt),
      point.rows === null
        ? speaker.say('filesAndBytes', { files: point.files, bytes: speaker.bytes(point.bytes) })
        : speaker.say('rowsAndBytes', { rows: point.rows, bytes: speaker.bytes(point.bytes) }),
      speaker.list(point.copies.map(({ store }) => data(store))),
      html`<code class="hash">${data(point.factsSha256)}</code>`,
    ]),
  );
}

function hidden(caption: Content): Markup {
  return html`<span class="visually-hidden">${caption}</span>`;
}

import { data, html, type Markup } from '../../evidence/report/html.ts';
import { section } from '../../evidence/report/parts.ts';
import { restoreBlocks } from '../commands.ts';
import { type Desk, labelled, link, type PageText, pages } from '../frame.ts';
import type { AssetPicture, StorePicture } from '../picture.ts';
import { lastDrill } from './front.ts';
import { pointTable, tierWord } from './map.ts';
import { secretWords } from './unlock.ts';

/** How to bring every asset back from every store with restic and PostgreSQL's own programs. */
export function restorePage(desk: Desk): PageText {
  const { speaker, picture } = desk;
  const order = picture.assets.map(({ name }) => html`<a href="#restore-${name}">${data(name)}</a>`);
  return {
    file: pages.restore.file,
    title: speaker.say('restore'),
    lead: speaker.say('restoreLead', { unlock: link(desk, 'unlock') }),
    body: html`<p>${speaker.say('restoreWithHoldfast')}</p>
<pre class="quiet"><code>holdfast points --refresh
holdfast recover</code></pre>
${order.length > 0 && html`<p>${speaker.say('restoreOrder', { assets: speaker.list(order) })}</p>`}
<p class="muted">${speaker.say('macHash')}</p>
${picture.assets.map((asset) => assetSection(desk, asset))}`,
  };
}

function assetSection(desk: Desk, asset: AssetPicture): Markup {
  const { speaker, picture } = desk;
  const stores = asset.copies.flatMap((name) => picture.stores.filter((store) => store.name === name));
  const [newest] = asset.points;
  return html`<div class="asset-restore">${section(
    `restore-${asset.name}`,
    html`${asset.wave}. ${data(asset.name)}`,
    html`<p>${labelled(speaker, speaker.say('lastDrill'), lastDrill(speaker, asset.lastDrill))}</p>
<p>${speaker.say(asset.kind === 'postgres' ? 'notRoot' : 'asRoot')}</p>
${newest !== undefined && html`<p>${speaker.say('moreRoom', { bytes: speaker.bytes(newest.bytes) })}</p>`}
${asset.points.length > 0 && pointTable(speaker, asset.points.slice(0, 5))}
${stores.map((store) => fromStore(desk, asset, store))}`,
  )}</div>`;
}

function fromStore(desk: Desk, asset: AssetPicture, store: StorePicture): Markup {
  const { speaker, picture } = desk;
  const id = `restore-${asset.name}-${store.name}`;
  const place = html`<code>${data(store.repository)}</code>`;
  return html`<div class="block"><h3 id="${id}"><span>${speaker.say('restoreFrom', { asset: data(asset.name), store: data(store.name) })}</span> <span class="muted">${tierWord(speaker, store.tier)}</span></h3>
<p>${store.remote ? html`${place} · ${speaker.say('remotePlace')}` : speaker.say('diskElsewhere', { place })}</p>
<p>${speaker.say('passwordIs', { place: secretWords(speaker, store.password) })}</p>
<ol class="steps">${restoreBlocks(picture.site, asset, store).map(
    ({ name, says, shell }) => html`<li class="step"><span class="box"></span><div><p>${speaker.say(says)}</p>
<pre class="command" id="${id}-${name}"><code>${shell}</code></pre></div></li>
`,
  )}</ol></div>`;
}

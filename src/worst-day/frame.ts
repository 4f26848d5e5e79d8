import { type Content, data, html, type Markup } from '../evidence/report/html.ts';
import type { Language } from '../evidence/report/messages/catalogue.ts';
import { renderPage } from '../evidence/report/page.ts';
import type { MessageKey } from './messages/catalogue.ts';
import type { Picture } from './picture.ts';
import { type Speaker, speakerFor } from './speak.ts';
import { style } from './style.ts';

/** Pages of one language, beside each other. */
export const pages = {
  front: { file: 'index.html', title: 'front' },
  map: { file: 'map.html', title: 'map' },
  people: { file: 'people.html', title: 'people' },
  restore: { file: 'restore.html', title: 'restore' },
  unlock: { file: 'unlock.html', title: 'unlock' },
  verify: { file: 'verify.html', title: 'verify' },
  notes: { file: 'notes.html', title: 'notes' },
} as const satisfies Record<string, { file: string; title: MessageKey }>;

export type PageName = keyof typeof pages;

/** What a page is made with: the facts, the words, and how links lead from it. */
export interface Desk {
  readonly picture: Picture;
  readonly language: Language;
  readonly speaker: Speaker;
  /** From the page to the directory of its language: empty, `../`, or `ko/` for the page at the top. */
  readonly up: string;
  /** From the page to the top of the bundle. */
  readonly top: string;
}

/** A desk for pages of a language that lie `depth` directories below it; -1 is the page at the top of the bundle. */
export function deskFor(picture: Picture, language: Language, depth: -1 | 0 | 1): Desk {
  const speaker = speakerFor(language, picture.timezone, picture.madeAt);
  const up = depth < 0 ? `${language}/` : '../'.repeat(depth);
  return { picture, language, speaker, up, top: '../'.repeat(depth + 1) };
}

export interface PageText {
  /** Within the directory of its language. */
  readonly file: string;
  readonly title: Content;
  readonly lead: Content;
  readonly body: Content;
}

/** A whole page: it stands alone, so that one sheet of it, or one file, is still of use. */
export function frame(desk: Desk, { file, title, lead, body }: PageText): string {
  const { picture, speaker, language } = desk;
  return renderPage({
    language,
    title: speaker.say('documentTitle', { page: title, site: picture.site }),
    style,
    holdfast: picture.holdfast,
    main: html`<a class="skip" href="#content">${speaker.say('skip')}</a>
<header>
<p class="product">${speaker.say('product')}</p>
<h1>${title} <span class="site">${data(picture.site)}</span></h1>
</header>
${navigation(desk, file)}
<div id="content">
<p class="lead">${lead}</p>
${body}
${noteLines(speaker)}
</div>`,
    footer: html`<footer><p>${speaker.say('made', {
      time: speaker.moment(picture.madeAt),
      zone: data(speaker.zone.name),
      version: data(picture.holdfast),
    })}</p><p>${speaker.say('offline')}</p></footer>`,
  });
}

/** A link to a page of this language. */
export function link(desk: Desk, page: PageName, fragment = '', text?: Content): Markup {
  return html`<a href="${desk.up}${pages[page].file}${fragment}">${text ?? desk.speaker.say(pages[page].title)}</a>`;
}

/** What something is, and its value, in the signs of the language. */
export function labelled(speaker: Speaker, label: Content, value: Content): Markup {
  return speaker.say('labelled', { label, value });
}

/** A box to tick with a pen. */
export const box: Markup = html`<span class="box"></span>`;

/** A line to write on. */
export function blank(size: 'short' | 'middle' | 'long' = 'middle'): Markup {
  return html`<span class="blank ${size}"></span>`;
}

function navigation(desk: Desk, file: string): Markup {
  const { speaker, picture, language } = desk;
  const items = Object.values(pages).map(
    (page) =>
      html`<li><a href="${desk.up}${page.file}"${page.file === file && html` aria-current="page"`}>${speaker.say(page.title)}</a></li>`,
  );
  const others = picture.languages.filter((other) => other !== language);
  return html`<nav class="pages" aria-label="${speaker.say('pages')}"><ul>${items}</ul>${
    others.length > 0 &&
    html`<span class="languages" role="group" aria-label="${speaker.say('otherLanguages')}">${others.map((other) => html`<a lang="${other}" href="${desk.top}${other}/${file}">${names[other]}</a>`)}</span>`
  }</nav>`;
}

const names: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어', 'zh-Hant': '繁體中文' };

function noteLines(speaker: Speaker): Markup {
  const row = html`<tr><td></td><td></td><td></td></tr>`;
  return html`<section class="written-notes" aria-labelledby="own-notes"><h2 id="own-notes">${speaker.say('notesField')}</h2>
<table class="written"><thead><tr><th scope="col" class="time">${speaker.say('noteTime')}</th><th scope="col" class="who">${speaker.say('noteWho')}</th><th scope="col">${speaker.say('noteWhat')}</th></tr></thead><tbody>${Array.from({ length: 6 }, () => row)}</tbody></table></section>`;
}

import { visibleText } from '../../lib/plain-text.ts';

const trusted = Symbol('markup');

/** Text that is HTML already. Only `html` makes it; data from a file or a database can never be it. */
export interface Markup {
  readonly [trusted]: string;
}

export type Content = string | number | Markup | readonly Content[] | undefined | false;

/** A piece of HTML: the template is taken as it is, every value in it is escaped unless it is markup itself. */
export function html(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = template[0] ?? '';
  for (const [index, value] of values.entries()) text += toHtml(value) + (template[index + 1] ?? '');
  return { [trusted]: text };
}

/** The HTML text of content. */
export function toHtml(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  if (isMarkup(content)) return content[trusted];
  return content.map(toHtml).join('');
}

/** A name or a text that came from outside, kept from turning the direction of the text around it. */
export function data(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** Text of the program itself that is HTML by construction: style sheets and drawings without any data in them. */
export function trustedHtml(text: string): Markup {
  return { [trusted]: text };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return trusted in content;
}

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

/** Control characters, marks that turn the direction of text, and characters without width. */
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Writes out characters that change what a reader sees without being seen, so that a name cannot look like another. */
export function writeOutUnseen(text: string): string {
  return text
    .toWellFormed()
    .replace(
      unseen,
      (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}

function escapeText(text: string): string {
  return writeOutUnseen(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return trusted in content;
}

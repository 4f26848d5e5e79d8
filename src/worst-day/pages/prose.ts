import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';

/**
 * The words of a runbook as text with the little of Markdown that helps reading: code, bold, and links to where a browser
 * may safely go. Nothing of it is ever taken for HTML.
 */
export function prose(text: string): Markup {
  return html`<p class="text">${inline(text.trim())}</p>`;
}

/** Bounded, so that no text takes more than linear time. */
const marks = /`([^`\n]{1,400})`|\*\*([^*\n]{1,400})\*\*|\[([^\]\n]{1,400})\]\(([^()\s]{1,1000})\)/g;

/** The same marks within a sentence. */
export function inline(text: string): readonly Content[] {
  const parts: Content[] = [];
  let at = 0;
  for (const match of text.matchAll(marks)) {
    const [whole, code, bold, label, address] = match;
    parts.push(text.slice(at, match.index));
    at = match.index + whole.length;
    if (code !== undefined) parts.push(html`<code>${data(code)}</code>`);
    else if (bold !== undefined) parts.push(html`<strong>${data(bold)}</strong>`);
    else if (label !== undefined && address !== undefined) parts.push(linkTo(label, address));
  }
  return [...parts, text.slice(at)];
}

/** Links within the bundle are Holdfast's own: one of a runbook leads outside, or stands there as text. */
function linkTo(label: string, address: string): Content {
  // Of a heading of the document, which stands on the same page.
  if (address.startsWith('#')) return data(label);
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address))
    return [data(label), ' (', html`<code>${data(address)}</code>`, ')'];
  return html`<a href="${address}" rel="noreferrer">${data(label)}</a>${!address.includes(label) && html` <span class="muted">(${data(address)})</span>`}`;
}

import type { Place } from './places.ts';

/** Characters that mean nothing to any shell, client or query language. */
const harmless = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** And those that need no quotes as a part of a bare word. */
const bare = /^[A-Za-z0-9_./:-]+$/;

export type Quoted = { readonly text: string } | { readonly problem: string };

/** Writes a value for a place, or says why it cannot stand there; the reason never holds the value. */
export function quoteFor(value: string, place: Place): Quoted {
  if (value.includes('\0')) return { problem: 'holds a null character' };
  if (place.kind === 'comment') return { text: value.replaceAll(/[\r\n]+/g, ' ') };
  if (value === '') return { problem: 'is empty' };
  if (place.afterDollar) return { problem: 'stands after a $, where a value would become something else' };
  if (place.beginsWord && value.startsWith('-'))
    return { problem: 'begins with -, so the command would take it for an option' };
  if (place.only !== undefined) {
    if (!place.only.test(value)) return { problem: `stands where it may hold ${place.allowed}` };
    return { text: value };
  }
  if (place.restricted) {
    if (!harmless.test(value) || value.startsWith('-'))
      return {
        problem: `stands ${place.why}; there it may hold only letters, digits and _@%+=:,./-, and not begin with -`,
      };
    if (place.noDashes && value.includes('--'))
      return { problem: 'holds --, which SQL reads as the beginning of a comment' };
    if (place.beforeRedirect && /^\d+$/.test(value)) return { problem: 'would become the number of a redirected file' };
    return place.kind === 'bare' && place.command ? { text: `'${value}'` } : { text: value };
  }
  switch (place.kind) {
    case 'bare':
      return {
        text:
          bare.test(value) && !place.command && !(place.beforeRedirect && /^\d+$/.test(value)) ? value : single(value),
      };
    case 'single':
      return { text: value.replaceAll("'", String.raw`'\''`) };
    case 'double':
      return { text: value.replaceAll(/[\\"$`]/g, String.raw`\$&`) };
    case 'heredoc':
      if (/[\r\n]/.test(value)) return { problem: 'holds a line break, which could end the text that it stands in' };
      return { text: value.replaceAll(/[\\$`]/g, String.raw`\$&`) };
    case 'quoted-heredoc':
      if (/[\r\n]/.test(value)) return { problem: 'holds a line break, which could end the text that it stands in' };
      return { text: value };
    default:
      return { problem: 'stands where its place in the command cannot be told' };
  }
}

/** Within single quotes, as a word or part of one. */
export function single(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

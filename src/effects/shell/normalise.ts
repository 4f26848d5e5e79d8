/** Text as the parser likes it, with the way back to where each character stood. */
export interface Normalised {
  readonly text: string;
  /** Offset in the given text for each offset of `text` and its end; absent when they are equal. */
  readonly offsets?: Uint32Array;
}

const entity = /&(?:lt|gt|amp|quot|#39|apos|#x27|nbsp);/g;
const meant: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&#x27;': "'",
  '&nbsp;': ' ',
};

/**
 * Spaces that only look like spaces become spaces, a byte order mark and carriage returns go, entities that a web page left behind are
 * decoded. Without this a shell sees one long word, or a command that ends in a carriage return.
 */
export function normalise(given: string): Normalised {
  const spaced = /[\u00a0\u3000\u2000-\u200a\u202f\u205f]/.test(given)
    ? given.replace(/[\u00a0\u3000\u2000-\u200a\u202f\u205f]/g, ' ')
    : given;
  const drop = /[\r\ufeff\u200b\0]/.test(spaced);
  const decode = /&(?:lt|gt|quot|amp|nbsp|#39|apos|#x27);/.test(spaced);
  if (!drop && !decode) return { text: spaced };
  const pattern = decode ? new RegExp(`[\\r\\ufeff\\u200b\\0]|${entity.source}`, 'g') : /[\r\ufeff\u200b\0]/g;
  const offsets = new Uint32Array(spaced.length + 1);
  let text = '';
  let length = 0;
  let from = 0;
  const copy = (start: number, end: number) => {
    text += spaced.slice(start, end);
    for (let at = start; at < end; at++) offsets[length++] = at;
  };
  for (const match of spaced.matchAll(pattern)) {
    copy(from, match.index);
    const put = match[0] === '\r' && spaced[match.index + 1] !== '\n' ? '\n' : (meant[match[0]] ?? '');
    text += put;
    for (let at = 0; at < put.length; at++) offsets[length++] = match.index;
    from = match.index + match[0].length;
  }
  copy(from, spaced.length);
  offsets[length] = spaced.length;
  return { text, offsets: offsets.slice(0, length + 1) };
}

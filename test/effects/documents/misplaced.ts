import type { Snippet } from '../../../src/effects/types.ts';

/** Characters of a snippet that do not stand in the document where its map says. */
export function misplaced(document: string, { text, offsets, start }: Snippet): string[] {
  const wrong: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const at = offsets?.[index] ?? start + index;
    if (document[at] !== text[index]) wrong.push(`${text[index]} for ${document[at]}`);
  }
  return wrong;
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  nbsp: ' ',
};

/** What a person reads of a piece of Markdown: without emphasis, links, code marks, comments and tags; on one line. */
export function plain(markdown: string): string {
  return markdown
    .slice(0, 4000)
    .replace(/<!--[^>]{0,1000}-->|\{\/\*[^*]{0,1000}\*\/\}/g, ' ')
    .replace(/<br\s{0,3}\/?>|<\/?(?:b|i|em|strong|code|span|kbd|sub|sup|u|mark|a|p|small)(?:\s[^<>]{0,300})?>/gi, ' ')
    .replace(/!?\[([^\][]{0,500})\]\([^()\s]{0,500}\)/g, '$1')
    .replace(/&(lt|gt|amp|quot|apos|#39|#x27|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\*\*|__|~~/g, '')
    .replace(/(?<![\w*])[*_](?=\S)([^*_\n]{1,500})(?<=\S)[*_](?![\w*])/g, '$1')
    .replace(/`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A title for a list of steps: without a colon at its end and of bearable length. */
export function titleOf(markdown: string): string {
  const text = plain(markdown).replace(/\s*[:：]\s*$/, '');
  return shortened(text, 240);
}

/** Cut between two words where there are such: half a secret looks like none, and would be shown. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1);
  const blank = head.lastIndexOf(' ');
  return `${(blank > length / 4 ? head.slice(0, blank) : head).trimEnd()}…`;
}

/** Without the number that a heading, an item or a comment begins with: `1. `, `2.3 `, `Step 4: `, `第三步`. */
export function unnumbered(text: string): string {
  return text.replace(
    /^\s*(?:(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\(\d{1,3}\)|[①-⑳])\s+|[０-９]{1,2}[．.、）]\s*|（[\d０-９]{1,2}）\s*|(?:step|단계|步驟|步骤|手順)\s*[\d０-９]{1,3}\s*[:：.)、-]?\s*|\d{1,3}\s*단계\s*[:：.)-]?\s*|第\s*[一二三四五六七八九十\d]{1,3}\s*步\s*[:：.)、-]?\s*)[–—]?\s*/i,
    '',
  );
}

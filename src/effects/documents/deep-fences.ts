import { type Line, linesOf } from './lines.ts';
import { cutter, type Mapped, part } from './mapped.ts';

/**
 * Fences right below a line of text and indented so far that Markdown takes them for more of it are moved to where the text begins: authors
 * and other dialects mean them as fences.
 */
export function withoutDeepFences(outer: Mapped): Mapped {
  if (!/^(?: {4}|\t)[ \t]*(?:```|~~~)/m.test(outer.text)) return outer;
  const cut = cutter('');
  let done = 0;
  let fence: { readonly marks: string; readonly cut: number } | undefined;
  let above = '';
  for (const line of linesOf(outer.text)) {
    const marks = /^[ \t]*(`{3,}|~{3,})/.exec(line.text)?.[1];
    let take = 0;
    if (fence !== undefined) {
      take = Math.min(fence.cut, indentOf(line));
      if (marks?.startsWith(fence.marks) === true && line.text.trim() === marks) fence = undefined;
    } else if (marks !== undefined) {
      const far = indentOf(line) - columnOf(above);
      take = above.trim() !== '' && far >= 4 && !line.text.includes('\t') ? far : 0;
      fence = { marks, cut: take };
    }
    if (take > 0) {
      cut.add(part(outer, done, line.start));
      done = line.start + take;
    }
    above = line.text;
  }
  if (done === 0) return outer;
  cut.add(part(outer, done, outer.text.length));
  return cut.done(outer.offsets.at(-1));
}

function indentOf({ text }: Line): number {
  return text.length - text.trimStart().length;
}

/** Where the text of a line begins, behind the marks of lists. */
function columnOf(line: string): number {
  return /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/.exec(line)?.[0].length ?? 0;
}

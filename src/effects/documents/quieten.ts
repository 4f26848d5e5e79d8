import { linesOf } from './lines.ts';

/** A document as the parser of blocks shall see it: of the same length, without what costs it time and means nothing to blocks. */
export function quieten(markdown: string): string {
  return quiet(shallow(withoutComponents(markdown.replaceAll('\0', '\ufffd'))));
}

/** Lines that hold only a tag of MDX or HTML, outside of fences, become comments: they part blocks and are none. */
function withoutComponents(text: string): string {
  if (!/^[ \t]*<\/?[A-Za-z]/m.test(text)) return text;
  let result = '';
  let done = 0;
  let fence: string | undefined;
  let hidden = false;
  for (const line of linesOf(text)) {
    // Signs of fences in a comment open none.
    if (fence === undefined) {
      const before: boolean = hidden;
      hidden = staysHidden(line.text, hidden);
      if (before || hidden) continue;
    }
    const mark = /^[ \t>]*(```+|~~~+)(.*)$/.exec(line.text);
    if (mark !== null) {
      const [, ticks = '', rest = ''] = mark;
      if (fence === undefined) fence = ticks;
      else if (ticks.startsWith(fence) && rest.trim() === '') fence = undefined;
    }
    if (fence !== undefined || !isTagLine(line.text)) continue;
    result += text.slice(done, line.start) + asComment(line.text);
    done = line.end;
  }
  return result + text.slice(done);
}

/** Whether a comment of HTML goes on after a line. */
function staysHidden(line: string, hidden: boolean): boolean {
  const open = line.lastIndexOf('<!--');
  const close = line.lastIndexOf('-->');
  return open < 0 && close < 0 ? hidden : open > close;
}

/** For each line, from 0, whether it stands inside a component of MDX: there indentation makes no code. */
export function componentLines(text: string): readonly boolean[] {
  if (!/^[ \t]*<[A-Z]/m.test(text)) return [];
  let depth = 0;
  return linesOf(text).map(({ text: line }) => {
    if (!isTagLine(line)) return depth > 0;
    for (const [tag] of line.matchAll(/<\/?[A-Z][^<>]*>/g))
      depth = Math.max(0, depth + (tag.startsWith('</') ? -1 : tag.endsWith('/>') ? 0 : 1));
    return depth > 0;
  });
}

/** A comment in its place parts what stands around it, as the tag does: a list above it ends. */
function asComment(line: string): string {
  const indent = line.length - line.trimStart().length;
  const rest = line.length - indent;
  return rest < '<!---->'.length ? ' '.repeat(line.length) : `${line.slice(0, indent)}<!--${' '.repeat(rest - 7)}-->`;
}

function isTagLine(line: string): boolean {
  if (line.length > 500 || /<\/?(?:pre|code|codeblock|script|style|textarea)\b/i.test(line)) return false;
  return (
    /^[ \t]*(?:<\/?[A-Za-z][\w.-]*(?:\s[^<>]*)?\/?>[ \t]*)+$/.test(line) ||
    /^[ \t]*<summary>[^<]*<\/summary>[ \t]*$/.test(line)
  );
}

/** Signs inside of lines mean nothing to blocks, and cost the parser more than all the rest: they become words. */
function quiet(text: string): string {
  return text.replace(
    /^([ \t>*+-]*(?:\d{1,9}[.)][ \t>*+-]*)*(?:<[^\r\n]*|`{3,}|~{3,}|\\)?)([^\r\n]*)$/gm,
    (_, head: string, rest: string) =>
      head + rest.replace(/[&[\]!*_\\`]|<(?!\/(?:pre|script|style|textarea)\b)/gi, 'x'),
  );
}

/** Containers nested beyond all use take the parser's time: their marks become words. */
function shallow(text: string): string {
  return text
    .replace(
      /^((?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){60})([ \t>*+-]+)/gm,
      (_, kept: string, rest: string) => kept + 'x'.repeat(rest.length),
    )
    .replace(/^([ \t]{200})([ \t]+)/gm, (_, kept: string, rest: string) => kept + 'x'.repeat(rest.length));
}

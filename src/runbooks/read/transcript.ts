import { linesOf } from '../../effects/documents/lines.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { typedOnly } from '../../effects/shell/prompts.ts';
import { partsOf, type ScriptPart } from './script.ts';

/** The commands of a transcript, each a part of its own unless they need each other. Offsets are those of the transcript. */
export function typedParts(text: string): ScriptPart[] {
  const typed = typedOnly(text, isCommandWord);
  // A comment with a number over each command parts them; their offsets lead back.
  const marked: string[] = [];
  const starts: { at: number; from: number }[] = [];
  let length = 0;
  let going = false;
  let until: string | undefined;
  for (const line of linesOf(typed)) {
    if (line.text.trim() === '' && until === undefined) {
      going = false;
      continue;
    }
    const body = going ? line.text : line.text.trimStart();
    const mark = going ? '' : '# 1.\n';
    starts.push({ at: length + mark.length, from: line.end - body.length });
    marked.push(`${mark}${body}\n`);
    length += mark.length + body.length + 1;
    if (until === undefined) until = /<<-?\s*\\?["']?([A-Za-z_]\w*)/.exec(line.text)?.[1];
    else if (line.text.trim() === until) until = undefined;
    going = until !== undefined || /(?:\\|\||&&|\|\|)\s*$/.test(line.text);
  }
  const back = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = starts[low];
    return line === undefined ? 0 : line.from + Math.max(0, offset - line.at);
  };
  return partsOf(marked.join('')).map((part) => ({
    ...part,
    title: '',
    text: part.text.replace(/^# 1\.\n/gm, '').trimEnd(),
    start: back(part.joined ? part.start + '# 1.\n'.length : part.start),
    end: back(part.end),
  }));
}

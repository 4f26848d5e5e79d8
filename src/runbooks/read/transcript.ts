import { parse } from 'unbash';
import { linesOf } from '../../effects/documents/lines.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { typedOnly } from '../../effects/shell/prompts.ts';
import { partsOf, type ScriptPart } from './script.ts';

interface TypedLine {
  readonly text: string;
  /** Offset in the transcript. */
  readonly start: number;
  /** Whether it goes on with the command above it. */
  readonly goesOn: boolean;
}

/** A numbered comment over each command, so that `partsOf` tells them apart. */
const mark = '# 1.\n';

/** The commands of a transcript, each a part of its own unless they need each other. Offsets are those of the transcript. */
export function typedParts(text: string): ScriptPart[] {
  let script = '';
  const places: { at: number; from: number }[] = [];
  for (const { text: line, start, goesOn } of typedLines(text)) {
    if (!goesOn) script += mark;
    places.push({ at: script.length, from: start });
    script += `${line}\n`;
  }
  const back = (offset: number) => {
    let low = 0;
    let high = places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((places[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const place = places[low];
    return place === undefined ? 0 : place.from + Math.max(0, offset - place.at);
  };
  return partsOf(script).map((part) => ({
    ...part,
    title: '',
    text: part.text.replace(/^# 1\.\n/gm, '').trimEnd(),
    start: back(part.joined ? part.start + mark.length : part.start),
    end: back(part.end),
  }));
}

/** What was typed, line by line, without prompts. */
function typedLines(text: string): TypedLine[] {
  const typed = typedOnly(text, isCommandWord);
  const found: TypedLine[] = [];
  let until: string | undefined;
  let goes = false;
  let command = '';
  let more = 0;
  for (const [index, line] of linesOf(text).entries()) {
    const own = typed.slice(line.start, line.end);
    const asked = /^[ \t]*> ?/.exec(line.text)?.[0];
    if (own.trim() === '' && until === undefined) {
      // The shell asks for the rest of a command that is not complete.
      const rest = asked !== undefined && command !== '' && more < 100 && isOpen(command);
      if (!rest) {
        command = '';
        goes = false;
        continue;
      }
      const body = line.text.slice(asked.length);
      found.push({ text: body, start: line.end - body.length, goesOn: true });
      command += `\n${body}`;
      more += 1;
      continue;
    }
    const body = goes ? own : own.trimStart();
    found.push({ text: body, start: line.end - body.length, goesOn: goes && index > 0 });
    command = goes ? `${command}\n${body}` : body;
    more = goes ? more + 1 : 0;
    if (until === undefined) until = /<<-?\s*\\?["']?([A-Za-z_]\w*)/.exec(own)?.[1];
    else if (own.trim() === until) until = undefined;
    goes = until !== undefined || /(?:\\|\||&&|\|\|)\s*$/.test(own);
  }
  return found;
}

function isOpen(command: string): boolean {
  try {
    return (parse(command).errors?.length ?? 0) > 0;
  } catch {
    return false;
  }
}

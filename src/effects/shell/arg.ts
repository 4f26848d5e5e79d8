import type { Source } from './session.ts';

/** A word as the command gets it, with the place it stands. */
export interface Arg {
  /** Quotes removed, known variables put in; what is not known are private-use characters. */
  readonly text: string;
  /** Some of it is not known before it runs. */
  readonly dynamic: boolean;
  /** An unquoted pattern: the shell replaces it by names of files, here. */
  readonly glob: boolean;
  /** Offsets in the source that is being walked. */
  readonly start: number;
  readonly end: number;
  /** Offset of the first character of `text`, where the word is in one piece. */
  readonly textStart?: number;
  /** Else where each piece begins: in `text`, in the source. */
  readonly pieces?: readonly (readonly [at: number, source: number])[];
  /** `<(...)`: its operator and the words of its commands. */
  readonly process?: readonly string[];
}

/** The text of a word as a source of its own. */
export function sourceOf(arg: Arg, around: Source): Source {
  const { textStart, pieces } = arg;
  if (textStart !== undefined) return { text: arg.text, toRoot: (offset) => around.toRoot(textStart + offset) };
  if (pieces === undefined || pieces.length === 0)
    return { text: arg.text, toRoot: (offset) => around.toRoot(Math.min(arg.start + offset, arg.end)) };
  return {
    text: arg.text,
    toRoot: (offset) => {
      let low = 0;
      let high = pieces.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((pieces[middle]?.[0] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const [at, source] = pieces[low] ?? [0, arg.start];
      return around.toRoot(Math.min(source + Math.max(0, offset - at), arg.end));
    },
  };
}

/** Several words as one text, parted by spaces: what `ssh` and `eval` hand to a shell. */
export function joined(args: readonly Arg[]): Arg {
  const first = args[0];
  const last = args.at(-1);
  if (first === undefined || last === undefined) return { text: '', dynamic: false, glob: false, start: 0, end: 0 };
  if (args.length === 1) return first;
  const pieces: [number, number][] = [];
  let text = '';
  for (const arg of args) {
    if (text !== '') text += ' ';
    if (arg.pieces !== undefined) for (const [at, source] of arg.pieces) pieces.push([text.length + at, source]);
    else pieces.push([text.length, arg.textStart ?? arg.start]);
    text += arg.text;
  }
  return {
    text,
    dynamic: args.some((arg) => arg.dynamic),
    glob: args.some((arg) => arg.glob),
    start: first.start,
    end: last.end,
    pieces,
  };
}

/** A word that is not in the text: what a tool is known to add. */
export function madeUp(text: string, at: Arg, dynamic = false): Arg {
  return { text, dynamic, glob: false, start: at.start, end: at.end };
}

import { type Day, dayIn, momentIn, nextDay, readWritten } from './moment.ts';

/** One thing that somebody wrote down. */
export interface Note {
  readonly line: number;
  /** ISO, UTC. */
  readonly writtenAt: string;
  readonly who?: string;
  /** Page or step, in the writer's words. */
  readonly place?: string;
  readonly text: string;
}

export interface ReadNotes {
  readonly notes: readonly Note[];
  readonly notUnderstood: readonly { readonly line: number; readonly text: string; readonly why: string }[];
}

export interface NotesContext {
  /** Zone of the clocks that people looked at. */
  readonly timeZone: string;
  /** Day of the first lines, when they have none. */
  readonly date?: Day;
}

/** A line longer than this is no note but something pasted. */
const longest = 4000;
const half = 12 * 3_600_000;

/**
 * Reads notes, one line each: a time, then who and where in brackets or between bars, then what happened. A line that is
 * indented goes on with the one above. A time without a date has the date of the line before; where that would lie twelve
 * hours back or more, midnight came between them. What is not understood is told, line by line.
 */
export function readNotes(text: string, { timeZone, date }: NotesContext): ReadNotes {
  const notes: Note[] = [];
  const notUnderstood: { line: number; text: string; why: string }[] = [];
  let day = date;
  let last: number | undefined;
  /** The note that an indented line goes on with. */
  let open: number | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const refuse = (why: string) => {
      notUnderstood.push({ line, text: raw.slice(0, longest), why });
      open = undefined;
    };
    if (raw.trim() === '') continue;
    if (raw.length > longest) {
      refuse(`it has more than ${longest} characters`);
      continue;
    }
    const bare = raw.trim().replace(/^(?:[-*•]\s+|#{1,6}\s+|\|\s*)/u, '');
    const written = readWritten(bare);
    const above = open === undefined ? undefined : notes[open];
    if (written === undefined && /^[ \t]/.test(raw) && above !== undefined && open !== undefined) {
      notes[open] = { ...above, text: `${above.text}\n${raw.trim()}` };
      continue;
    }
    if (written === undefined) {
      refuse('it does not begin with a time');
      continue;
    }
    if (written.ofDay === undefined) {
      if (written.rest !== '') {
        refuse('it has a date and no time');
        continue;
      }
      day = written.date;
      last = undefined;
      open = undefined;
      continue;
    }
    const { rest } = written;
    if (rest === '') {
      refuse('nothing follows the time');
      continue;
    }
    const own = written.date ?? day;
    if (own === undefined) {
      refuse('no line before it has a date: give one with --date');
      continue;
    }
    let moment = momentOf(timeZone, own, written.ofDay, written.offset);
    if (written.date === undefined && last !== undefined && last - moment.getTime() >= half) {
      moment = momentOf(timeZone, nextDay(own), written.ofDay, written.offset);
    }
    last = moment.getTime();
    day = dayIn(timeZone, moment);
    open = notes.push({ line, writtenAt: moment.toISOString(), ...partsOf(rest) }) - 1;
  }
  return { notes, notUnderstood };
}

function momentOf(timeZone: string, day: Day, ofDay: number, offset: number | undefined): Date {
  if (offset === undefined) return momentIn(timeZone, day, ofDay);
  return new Date(Date.UTC(day.year, day.month - 1, day.day) + ofDay - offset * 60_000);
}

/** `[Jo, restore step 3] text`, or `Jo | text` as the columns on paper are. */
function partsOf(rest: string): Pick<Note, 'who' | 'place' | 'text'> {
  const brackets = /^[[(（【]([^\])）】]{1,200})[\])）】]\s*(.+)$/u.exec(rest);
  if (brackets?.[1] !== undefined && brackets[2] !== undefined)
    return { ...whoAndPlace(brackets[1]), text: brackets[2] };
  const bars = /^([^|]{1,200})\|(.+?)\|?$/u.exec(rest);
  if (bars?.[1] !== undefined && bars[2] !== undefined && bars[2].trim() !== '') {
    return { ...whoAndPlace(bars[1]), text: bars[2].trim() };
  }
  return { text: rest };
}

function whoAndPlace(text: string): Pick<Note, 'who' | 'place'> {
  const [who = '', ...places] = text.split(/[,，、]/u).map((part) => part.trim());
  const place = places.join(', ');
  return { ...(who === '' ? {} : { who }), ...(place === '' ? {} : { place }) };
}

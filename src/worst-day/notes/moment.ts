/** What a line says of its time. Without a date it is the one of the line before. */
export interface Written {
  readonly date?: Day;
  /** Milliseconds since midnight; absent on a line that is a date alone. */
  readonly ofDay?: number;
  /** Minutes ahead of UTC, when the line says so. */
  readonly offset?: number;
  /** What follows the time. */
  readonly rest: string;
}

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Reads the time at the beginning of a line: `14:35`, `2026-01-12 14:35`, `2:35 PM`, `오후 2:35`, `下午 2時35分`,
 * `2026년 1월 12일 14:35`, `2026-01-12T14:35:00+09:00`. Undefined when there is none, or none that a clock or a calendar has.
 */
export function readWritten(line: string): Written | undefined {
  let rest = line;
  const date = dates.map((shape) => shape.exec(rest)).find((match) => match !== null);
  const day = date == null ? undefined : dayOf(Number(date[1]), Number(date[2]), Number(date[3]));
  if (date != null) {
    if (day === undefined) return undefined;
    rest = rest.slice(date[0].length);
  }
  const clock = times.map((shape) => shape.exec(rest)?.groups).find((groups) => groups !== undefined);
  if (clock === undefined) return day === undefined ? undefined : { date: day, rest: rest.trim() };
  const ofDay = timeOfDay(clock);
  if (ofDay === undefined) return undefined;
  rest = rest.slice(clock.all?.length ?? 0);
  const zone = day === undefined ? null : /^\s?(?:(Z|UTC)(?![\p{L}\d])|([+-])(\d{2}):?(\d{2})(?!\d))/u.exec(rest);
  if (zone !== null) rest = rest.slice(zone[0].length);
  const offset = zone === null ? undefined : offsetOf(zone);
  if (zone !== null && offset === undefined) return undefined;
  // A digit or a letter right behind it belongs to a word that only began like a time.
  if (/^[\p{L}\d]/u.test(rest)) return undefined;
  return {
    ...(day === undefined ? {} : { date: day }),
    ofDay,
    ...(offset === undefined ? {} : { offset }),
    rest: rest.replace(/^\s*[-–—:：|,，]?\s*/u, '').trim(),
  };
}

/** A day that the calendar has. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year >= 1970 ? { year, month, day } : undefined;
}

export function nextDay({ year, month, day }: Day): Day {
  const date = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/**
 * The moment of a wall clock in a time zone. An hour that a change of clocks repeats is the first of the two; one that it leaves out is
 * counted with the distance from UTC that held before.
 */
export function momentIn(zone: string, { year, month, day }: Day, ofDay: number): Date {
  const wall = Date.UTC(year, month - 1, day) + ofDay;
  const before = distanceFromUtc(zone, wall - 86_400_000);
  const guess = wall - before;
  if (distanceFromUtc(zone, guess) === before) return new Date(guess);
  const after = wall - distanceFromUtc(zone, wall + 86_400_000);
  return new Date(distanceFromUtc(zone, after) === wall - after ? after : guess);
}

/** The day that a moment falls on in a time zone. */
export function dayIn(zone: string, moment: Date): Day {
  const local = new Date(moment.getTime() + distanceFromUtc(zone, moment.getTime()));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

const dates = [
  /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?(?:T(?=\d)|(?!\d)[ \t,]*)/,
  /^(\d{4})\s?[년年]\s?(\d{1,2})\s?[월月]\s?(\d{1,2})\s?[일日]\s*/u,
];

const seconds = '(?::(?<second>\\d{2})(?:[.,]\\d{1,9})?)?';
const half = '(?<half>[AaPp]\\.?[Mm]\\.?|오전|오후|上午|下午|午前|午後)';
const hourWords =
  '(?<hour>\\d{1,2})\\s?[시時点點](?:\\s?(?<minute>\\d{1,2})\\s?분?分?)?(?:\\s?(?<second>\\d{1,2})\\s?[초秒])?';

const times = [
  new RegExp(`^(?<all>${half}\\s?(?<hour>\\d{1,2}):(?<minute>\\d{2})${seconds})`, 'u'),
  new RegExp(`^(?<all>${half}\\s?${hourWords})`, 'u'),
  new RegExp(`^(?<all>(?<hour>\\d{1,2}):(?<minute>\\d{2})${seconds}\\s?${half}(?![\\p{L}]))`, 'u'),
  new RegExp(`^(?<all>(?<hour>\\d{1,2}):(?<minute>\\d{2})${seconds})`, 'u'),
  new RegExp(`^(?<all>${hourWords})`, 'u'),
];

function timeOfDay({ hour, minute, second, half: part }: Record<string, string | undefined>): number | undefined {
  let hours = Number(hour);
  const minutes = Number(minute ?? 0);
  const wholeSeconds = Number(second ?? 0);
  if (part !== undefined) {
    const later = /^p|오후|下午|午後/iu.test(part);
    // Of 오후 14:35 the clock is plain enough.
    if (hours === 12) hours = later ? 12 : 0;
    else if (later && hours < 12) hours += 12;
    else if (!later && hours > 12) return undefined;
  }
  if (hours > 23 || minutes > 59 || wholeSeconds > 59) return undefined;
  return ((hours * 60 + minutes) * 60 + wholeSeconds) * 1000;
}

function offsetOf([, utc, sign, hours, minutes]: RegExpExecArray): number | undefined {
  if (utc !== undefined) return 0;
  const total = Number(hours) * 60 + Number(minutes);
  if (total > 14 * 60 || Number(minutes) > 59) return undefined;
  return sign === '-' ? -total : total;
}

/** Milliseconds that clocks in a zone are ahead of UTC at a moment. */
function distanceFromUtc(zone: string, at: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = value;
  const { year, month, day, hour, minute, second } = parts;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return wall - Math.floor(at / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const numeric = 'numeric' as const;
    const all = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone, hourCycle: 'h23', ...all });
    formats.set(timeZone, format);
  }
  return format;
}

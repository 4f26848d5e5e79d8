import { formatBytes } from '../../lib/bytes.ts';
import { formatDuration } from '../../lib/duration.ts';
import { data, html, type Markup } from './html.ts';
import { catalogues, type Language, type Plural, type Translation } from './messages/catalogue.ts';
import type { en } from './messages/en.ts';

/** What a message may be filled with: strings are data and are escaped, text of the medium is taken as it is. */
export type Filling<Text> = string | number | Text | undefined | false | readonly Filling<Text>[];

/** What a report is written in: HTML or Markdown. */
export interface Medium<Text> {
  /** One text of parts; strings among them are escaped. */
  join(parts: readonly Filling<Text>[]): Text;
  /** Text that came from outside. */
  data(text: string): Text;
  time(shown: string, date: Date): Text;
}

/** Who the report is for: their language, and the time zone they think in. */
export interface Reader<English = typeof en, Text = Markup> {
  readonly language: Language;
  /** The zone that times are shown in, and how it is called: `Asia/Seoul, UTC+9`. */
  readonly zone: { readonly id: string; readonly name: string; readonly known: boolean };
  /** A message filled with its details; data in it is escaped. */
  say<Key extends keyof English & string>(key: Key, ...details: DetailsArgument<English[Key], Text>): Text;
  number(value: number): string;
  /** A ratio as a percentage, two digits that matter: `0.57%`. */
  percent(ratio: number): string;
  duration(milliseconds: number): string;
  /** A duration that somebody chose: `15 s` rather than `15.0 s`. */
  objective(milliseconds: number): string;
  bytes(value: number): string;
  list(items: readonly Filling<Text>[]): Text;
  /** `2026-11-20 14:03:05`, with UTC in its title. */
  moment(iso: string): Text;
  /** `14:03:05.3`, with the whole time in UTC in its title. */
  clock(iso: string): Text;
  /** Whether two times are on one day of the zone. */
  isSameDay(first: string, second: string): boolean;
  /** `20 November 2026 at 14:03`. */
  longMoment(iso: string): Text;
}

type Texts<Message> = Message extends string ? Message : Message extends { readonly other: infer Form } ? Form : never;
type Names<Form> = Form extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Details<Message, Text> = {
  readonly [Name in Names<Texts<Message>>]: Name extends 'count' ? number : Filling<Text>;
};
type DetailsArgument<Message, Text> = keyof Details<Message, Text> extends never ? [] : [Details<Message, Text>];

/** A time zone that this machine does not know becomes UTC, and `zone.known` says so. */
export function readerFor(language: Language, timezone: string, at: string): Reader {
  return makeReader(catalogues[language], inHtml, { language, timezone, at });
}

export const inHtml: Medium<Markup> = {
  join: (parts) => html`${parts}`,
  data,
  time(shown, date) {
    const utc = `${date.toISOString().slice(0, 23).replace('T', ' ')} UTC`;
    return html`<time datetime="${date.toISOString()}" title="${utc}">${shown}</time>`;
  },
};

/** A reader of any catalogue in any medium. `at` is a time of the run: the distance of the zone from UTC depends on it. */
export function makeReader<English, Text>(
  catalogue: Translation<English>,
  medium: Medium<Text>,
  { language, timezone, at }: { readonly language: Language; readonly timezone: string; readonly at: string },
): Reader<English, Text> {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 2 });
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });
  const known = isTimeZone(timezone);
  const id = known ? timezone : 'UTC';
  const parts = dateParts(id);
  const long = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: id,
    dateStyle: 'long',
    timeStyle: 'short',
  });

  const time = (iso: string, show: (date: Date) => string): Text => {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? medium.data(iso) : medium.time(show(date), date);
  };

  return {
    language,
    zone: { id: timezone, name: zoneName(id, at), known },
    say(key, ...[details]) {
      const message: string | Plural = catalogue[key];
      const values: Readonly<Record<string, Filling<Text>>> = details ?? {};
      return medium.join(fillMessage(chooseForm(message, values.count, plurals), values, numbers));
    },
    number: (value) => numbers.format(value),
    percent: (ratio) => percents.format(ratio),
    duration: (milliseconds) => localDuration(language, milliseconds),
    objective: (milliseconds) => localDuration(language, milliseconds).replace(/\.0(?!\d)/, ''),
    bytes: formatBytes,
    list: (items) => medium.join(joinList(lists, items)),
    moment: (iso) => time(iso, (date) => `${parts(date).day} ${parts(date).clock}`),
    clock: (iso) => time(iso, (date) => `${parts(date).clock}.${Math.floor(date.getUTCMilliseconds() / 100)}`),
    isSameDay: (first, second) => dayOf(parts, first) === dayOf(parts, second),
    longMoment: (iso) => time(iso, (date) => long.format(date)),
  };
}

function chooseForm(message: string | Plural, count: unknown, plurals: Intl.PluralRules): string {
  if (typeof message === 'string') return message;
  const one = typeof count === 'number' && plurals.select(count) === 'one';
  return (one ? message.one : undefined) ?? message.other;
}

function fillMessage<Text>(
  text: string,
  values: Readonly<Record<string, Filling<Text>>>,
  numbers: Intl.NumberFormat,
): readonly Filling<Text>[] {
  return text.split(/\{([a-zA-Z]+)\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    const value = values[part];
    return typeof value === 'number' ? numbers.format(value) : (value ?? `{${part}}`);
  });
}

/** The list of a language, with markup for its items: `a, b and c`. */
function joinList<Text>(lists: Intl.ListFormat, items: readonly Filling<Text>[]): readonly Filling<Text>[] {
  const parts = lists.formatToParts(items.map((_, index) => String(index)));
  return parts.map((part) => (part.type === 'element' ? items[Number(part.value)] : part.value));
}

/** English as Holdfast says it everywhere; other languages by the units of their own, in the same two steps. */
function localDuration(language: Language, milliseconds: number): string {
  if (language === 'en') return formatDuration(milliseconds);
  const unit = (value: number, name: string, digits = 0): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  const pair = (value: number, per: number, large: string, small: string): string =>
    [unit(Math.floor(value / per), large), ...(value % per === 0 ? [] : [unit(value % per, small)])].join(' ');
  if (milliseconds < 0) return `-${localDuration(language, -milliseconds)}`;
  if (milliseconds < 999.5) return unit(Math.round(milliseconds), 'millisecond');
  if (milliseconds < 59_950) return unit(milliseconds / 1000, 'second', 1);
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return pair(seconds, 60, 'minute', 'second');
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1440) return pair(minutes, 60, 'hour', 'minute');
  return pair(Math.round(milliseconds / 3_600_000), 24, 'day', 'hour');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `2026-11-20` and `14:03:05` in a zone: the same in every language, and sorted as text. */
function dateParts(timeZone: string): (date: Date) => { readonly day: string; readonly clock: string } {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (date) => {
    const found: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(date)) found[type] = value;
    return {
      day: `${found.year}-${found.month}-${found.day}`,
      clock: `${found.hour}:${found.minute}:${found.second}`,
    };
  };
}

function dayOf(parts: ReturnType<typeof dateParts>, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : parts(date).day;
}

/** A name of a zone alone says nothing to who does not know it: its distance from UTC at the time of the run is added. */
function zoneName(timeZone: string, at: string): string {
  const date = new Date(at);
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(
    Number.isNaN(date.getTime()) ? new Date(0) : date,
  );
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? '';
  return offset === '' || timeZone === 'UTC' ? timeZone : `${timeZone}, ${offset}`;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Units as people write them; a month is 30 days and a year 365. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?|초|秒鐘?|秒钟?)$/, 1000],
  [/^(?:m|mins?|minutes?|분|分鐘?|分钟?|分間)$/, minute],
  [/^(?:h|hrs?|hours?|시간|小時|小时|時間|时间)$/, hour],
  [/^(?:d|days?|일|天|日間?)$/, day],
  [/^(?:w|wks?|weeks?|주일?|주간|週間?|周|星期|禮拜)$/, 7 * day],
  [/^(?:mo|months?|개월|달|個月|个月|か月|ヶ月|カ月)$/, 30 * day],
  [/^(?:y|yrs?|years?|년|年間?)$/, 365 * day],
];

const amount = String.raw`(\d+(?:[.,]\d+)?|\b(?:an?|one|two|three|four|half an?)(?=\s))`;
const unit =
  '(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?|mo|[smhdwy](?![a-z])|초|분(?!기)|시간|일|주일|주간|주|개월|달|년|秒鐘|秒钟|秒|分鐘|分钟|分間|分|小時|小时|時間|时间|天|日間|日|週間|週|周|星期|禮拜|個月|个月|か月|ヶ月|カ月|年間|年)';
const one = new RegExp(String.raw`${amount}\s*-?\s*${unit}`, 'giu');

const spelled: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4 };

/**
 * Spans of time that a text speaks of, in milliseconds and in order: `30 minutes`, `1 hour 30 min`, `4小時`, `15분 이내`, `1주일`, `半小时`.
 * Business days and `next working day` have no length that a clock could hold: they are left out. Of a range, both ends.
 */
export function spokenDurations(given: string): number[] {
  const text = given
    .slice(0, 500)
    .normalize('NFKC')
    .replace(/(?<!\d)半\s*(?:個|个)?(?=小時|小时|時間|天|日|年|月)/g, '0.5')
    .replace(/반\s*(?=시간|일)/g, '0.5')
    .replace(
      /(?<![\d\p{L}])[一二兩两三四五六七八九十]{1,3}(?=\s*(?:個|个|小時|小时|時間|分|秒|天|日|週|周|年|か月))/gu,
      (numeral) => String(fromNumeral(numeral)),
    )
    .replace(/(\d)\s*個(?=小時)|(\d)\s*个(?=小时)/g, '$1$2')
    .replace(/\d+\s*(?:영업일|근무일|營業日|营业日|工作日|個?工作天|business days?|working days?)/giu, ' ');
  const found: number[] = [];
  let end = -1;
  let before = 0;
  for (const match of text.matchAll(one)) {
    const [whole, number = '', name = ''] = match;
    const size = sizeOf(name.toLowerCase());
    // `14:30`, `2026-01-12`, `P1`, `v2` are no spans of time.
    if (size === undefined || /[\w:.]$/.test(text.slice(Math.max(0, match.index - 1), match.index))) continue;
    // A year, or a day of a date: 2026年, 1月12日.
    if (
      (size === 365 * day && /^\d{4}/.test(number)) ||
      (size === day && /月\s*$|월\s*$/.test(text.slice(0, match.index)))
    )
      continue;
    const value = numberOf(number) * size;
    const joined = end >= 0 && /^\s*(?:and|,)?\s*$/.test(text.slice(end, match.index)) && found.length > 0;
    if (joined && size < before) found[found.length - 1] = (found.at(-1) ?? 0) + value;
    else found.push(value);
    before = size;
    end = match.index + whole.length;
  }
  return found;
}

/** A zero target, as `0` or `real-time`, is not a span: absent. The longest span that a text allows; undefined when it names none. */
export function spokenLimit(text: string): number | undefined {
  const found = spokenDurations(text);
  return found.length === 0 ? undefined : Math.max(...found);
}

function sizeOf(name: string): number | undefined {
  return units.find(([pattern]) => pattern.test(name))?.[1];
}

function numberOf(text: string): number {
  const word = text.toLowerCase();
  if (word.startsWith('half')) return 0.5;
  return spelled[word] ?? Number(word.replace(',', '.'));
}

/** 1 to 99 in Chinese numerals: 十五, 三十, 二十四. */
function fromNumeral(numeral: string): number {
  const digit = (character: string | undefined) =>
    '零一二三四五六七八九'.indexOf((character ?? '').replace(/[兩两]/, '二'));
  const tens = numeral.indexOf('十');
  if (tens < 0) return digit(numeral.at(-1));
  return (tens === 0 ? 1 : digit(numeral[0])) * 10 + (tens === numeral.length - 1 ? 0 : digit(numeral.at(-1)));
}

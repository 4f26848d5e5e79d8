const unitMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

type Unit = keyof typeof unitMilliseconds;

/** Reads `15m`, `1h`, `1h30m`, `7d` as milliseconds; undefined when it is not a duration, or over 285,000 years. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) {
    total += Number(amount) * unitMilliseconds[unit as Unit];
  }
  return Number.isSafeInteger(Math.round(total)) ? total : undefined;
}

/** Milliseconds for a person: `820 ms`, `20.5 s`, `3 min 4 s`, `14 h 5 min`, `6 days 2 h`. Rounds before it splits. */
export function formatDuration(milliseconds: number): string {
  const sign = milliseconds < 0 ? '-' : '';
  const value = Math.abs(milliseconds);
  if (value < 999.5) return `${sign}${Math.round(value)} ms`;
  if (value < 59_950) return `${sign}${(value / 1000).toFixed(1)} s`;
  const seconds = Math.round(value / 1000);
  if (seconds < 3600) return sign + pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(value / 60_000);
  if (minutes < 1440) return sign + pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(value / 3_600_000);
  const days = Math.floor(hours / 24);
  return sign + pair(days, days === 1 ? 'day' : 'days', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes for a person, in powers of 1000: `0 B`, `3.4 kB`, `332 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = unit === 0 || value >= 99.95 ? Math.round(value).toString() : value.toFixed(1);
  return `${text} ${units[unit]}`;
}

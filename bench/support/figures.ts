/** The middle of some numbers; of an even count the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the part `share` (0 to 1) of the numbers lies, between neighbours in proportion. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** `7.31 s (7.02 to 8.40)` of milliseconds; below a second in milliseconds. */
export function spread(values: readonly number[]): string {
  const middle = median(values);
  const unit =
    middle >= 1000 ? { per: 1000, digits: 2, name: 's' } : { per: 1, digits: middle < 20 ? 2 : 0, name: 'ms' };
  const text = (value: number) => (value / unit.per).toFixed(unit.digits);
  return `${text(middle)} ${unit.name} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}

/** Median of the ratios of what was measured in the same round: what slows both down in between cancels out. */
export function ratio(of: readonly number[], to: readonly number[]): number {
  return median(of.flatMap((value, index) => (to[index] === undefined ? [] : [value / to[index]])));
}

/** One line: a name, a figure, and whether a goal was met where there is one. */
export function line(name: string, figure: string, goal?: { readonly text: string; readonly met: boolean }): void {
  const judged = goal === undefined ? '' : `   goal ${goal.text}: ${goal.met ? 'met' : 'MISSED'}`;
  console.log(`  ${name.padEnd(44)} ${figure}${judged}`);
}

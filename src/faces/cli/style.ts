import type { Options } from '../../config/options.ts';
import type { Style } from '../../operations/types.ts';

/** Whether to colour what goes to a stream. */
export function usesColor(color: Options['color'], isTerminal: boolean, term: string | undefined): boolean {
  if (color === 'auto') return isTerminal && term !== 'dumb';
  return color === 'always';
}

/** Colours by SGR codes; each is the identity when `color` is false. */
export function styleFor(color: boolean): Style {
  const sgr = (on: number, off: number) => (text: string) =>
    color && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: sgr(1, 22), dim: sgr(2, 22), green: sgr(32, 39), red: sgr(31, 39), yellow: sgr(33, 39) };
}

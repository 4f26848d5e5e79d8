import { type Mapped, part } from './mapped.ts';
import { isCommandWord } from './words.ts';

/**
 * The words given to an image without a command of its own. Where the first is no program, it is the image's program that gets
 * them, and by custom it is named like the image: `restic/restic` runs restic.
 */
export function imageCommand(image: Mapped | undefined, words: readonly Mapped[]): readonly Mapped[] {
  const first = words[0]?.text ?? '';
  if (image === undefined || isCommandWord(first) || /^(?:\.{0,2}\/|\$)/.test(first)) return words;
  const found = /(?:^|\/)([\w.-]+)(?:[:@][^/]*)?$/.exec(image.text);
  const name = found?.[1];
  if (found === null || name === undefined) return words;
  const start = found.index + (found[0].startsWith('/') ? 1 : 0);
  const known = /^(.*?)(?:-cli|-client)?$/.exec(name)?.[1] ?? name;
  return [part(image, start, start + known.length), ...words];
}

import { stripVTControlCharacters } from 'node:util';
import type { OptionSources, Options } from '../../config/options.ts';
import { shellWord } from '../../lib/shell-word.ts';

/**
 * What a person types once so that the commands in `text` mean the site and the data directory that this command was given. Undefined when they mean
 * them anyway: no flag gave a place, no command is printed, or they are printed with it.
 */
export function placeNote(
  text: string,
  flags: OptionSources['flags'],
  { site, data }: Pick<Options, 'site' | 'data'>,
): string | undefined {
  const given = [
    ...(flags.site === undefined ? [] : [`HOLDFAST_SITE=${shellWord(site)}`]),
    ...(flags.data === undefined ? [] : [`HOLDFAST_DATA=${shellWord(data)}`]),
  ];
  const plain = stripVTControlCharacters(text);
  if (given.length === 0 || !/\bholdfast [a-z]/.test(plain) || / --(?:site|data) /.test(plain)) return undefined;
  return `Before the commands above are pasted: export ${given.join(' ')}`;
}

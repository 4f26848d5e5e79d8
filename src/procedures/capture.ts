import { boundedMatch } from '../lib/bounded-regex.ts';

/**
 * What a step's standard output gives to a parameter: the first group of the pattern (or the whole match of one without groups), or
 * all of it; without blanks around it. Undefined when there is nothing, also when the pattern takes too long.
 */
export function capture({ regex }: { readonly regex?: string }, stdout: string): string | undefined {
  const text = stdout.replaceAll('\r\n', '\n');
  const value = regex === undefined ? text : firstGroup(regex, text);
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function firstGroup(regex: string, text: string): string | undefined {
  const found = boundedMatch(regex, 'um', text);
  if (!('match' in found) || found.match === null) return undefined;
  return found.match.length > 1 ? found.match[1] : found.match[0];
}

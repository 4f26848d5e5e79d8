import { runInNewContext } from 'node:vm';

/** How long one match may take: a pattern of a document is not trusted to be a good one. */
const limitMs = 500;

/** The match with its groups, null for none, or why there is no answer: the pattern is no pattern, or takes too long on this text. */
export function boundedMatch(
  source: string,
  flags: string,
  text: string,
): { readonly match: readonly (string | undefined)[] | null } | { readonly problem: 'no-pattern' | 'too-slow' } {
  let regex: RegExp;
  try {
    regex = new RegExp(source, flags);
  } catch {
    return { problem: 'no-pattern' };
  }
  try {
    // V8 interrupts a match that backtracks without end only within a script that has a time limit.
    const match = runInNewContext('regex.exec(text)', { regex, text }, { timeout: limitMs }) as RegExpExecArray | null;
    return { match: match === null ? null : [...match] };
  } catch {
    return { problem: 'too-slow' };
  }
}

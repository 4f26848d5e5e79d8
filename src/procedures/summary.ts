import type { Site } from '../config/site.ts';
import type { TargetOutcome } from '../evidence/procedure-model.ts';
import { reasonsIn } from './reasons/index.ts';

/** How a command went on its targets, in one line. */
export function summaryOf(targets: readonly TargetOutcome[]): string {
  const [only] = targets;
  if (only === undefined) return '';
  if (targets.length === 1)
    return [only.why ?? exitText(only), only.attached ? 'found as it was left' : ''].filter(Boolean).join(', ');
  const failed = targets.filter(({ outcome }) => outcome !== 'succeeded');
  if (failed.length === 0) return `${targets.length} targets`;
  const names = failed.slice(0, 5).map(({ target, why, outcome }) => `${target} (${why ?? outcome})`);
  return `failed on ${failed.length} of ${targets.length}: ${names.join(', ')}${failed.length > 5 ? ', …' : ''}`;
}

/** Why it did not succeed on each of these targets, for who is asked about it, in the language of the site. */
export function whyOnEach(targets: readonly TargetOutcome[], language: Site['language']): readonly string[] {
  return targets.map(({ target, outcome, why, said }) => {
    const known = said === undefined ? undefined : reasonsIn(language, said);
    return `${target}: ${known ?? why ?? outcome}`;
  });
}

function exitText({ exitCode, outcome }: TargetOutcome): string {
  return exitCode === undefined ? outcome : exitCode === 0 ? '' : `exit ${exitCode}`;
}

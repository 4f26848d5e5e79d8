import type { TargetOutcome } from '../evidence/procedure-model.ts';

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

function exitText({ exitCode, outcome }: TargetOutcome): string {
  return exitCode === undefined ? outcome : exitCode === 0 ? '' : `exit ${exitCode}`;
}

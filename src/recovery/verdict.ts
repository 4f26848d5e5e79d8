import type { CheckResult } from '../checks/types.ts';
import type { ErrorRecord } from '../errors/holdfast-error.ts';
import type { Verdict } from '../evidence/model.ts';

/**
 * Errors that say nothing of the recovery point itself: what was needed to look at it was not there. Everything else that
 * stops a restore means that the asset would not have come back.
 */
const inconclusive: ReadonlySet<string> = new Set([
  'program-missing',
  'program-not-started',
  'postgres-version-missing',
  'store-unreachable',
  'isolation-too-weak',
  'work-lost',
  'secret-missing',
]);

/** The verdict on one asset. Green only when everything that was to be checked was checked and was right. */
export function verdictOf(checks: readonly CheckResult[], error: Pick<ErrorRecord, 'code'> | undefined): Verdict {
  if (checks.some((check) => check.status === 'failed')) return 'FAILED';
  if (error !== undefined) return inconclusive.has(error.code) ? 'COULD NOT VERIFY' : 'FAILED';
  if (checks.length === 0 || checks.some((check) => check.status === 'could-not-run')) return 'COULD NOT VERIFY';
  return 'PROVEN';
}

/** The verdict on several assets is that of the worst; on none it is COULD NOT VERIFY. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('FAILED')) return 'FAILED';
  if (verdicts.length === 0 || verdicts.includes('COULD NOT VERIFY')) return 'COULD NOT VERIFY';
  return 'PROVEN';
}

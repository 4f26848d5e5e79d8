import type { CheckResult } from '../checks/types.ts';
import type { ErrorRecord } from '../errors/holdfast-error.ts';
import type { ErrorCode } from '../errors/registry.ts';
import type { Verdict } from '../evidence/model.ts';

/**
 * Errors that say nothing of the recovery point itself: what was needed to look at it was not there. Everything else that
 * stops a restore means that the asset would not have come back.
 */
const inconclusive: ReadonlySet<string> = new Set<ErrorCode>([
  'program-missing',
  'program-not-started',
  'postgres-missing',
  // A disk that is not mounted, a machine that does not answer: whether the recovery point is good, nobody saw.
  'store-missing',
  'store-unreachable',
  'store-timeout',
  'store-locked',
  'isolation-too-weak',
  'work-lost',
  'secret-not-set',
  'secret-file-unreadable',
  'secret-file-exposed',
  'secret-command-failed',
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

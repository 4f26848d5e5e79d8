import type { CheckResult } from './types.ts';

/** One line for many checks: `2,143 files · canary`. */
export function summariseChecks(checks: readonly CheckResult[]): string {
  return checks.map((check) => check.summary).join(' · ');
}

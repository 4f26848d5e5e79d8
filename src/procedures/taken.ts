import type { StepOutcome } from '../evidence/procedure-model.ts';

/** How long a step took: of a command, without waiting for people; of what people do, until they said that it was done. */
export function takenMs({ kind, durationMs, startedAt, finishedAt }: StepOutcome): number {
  if (kind === 'command' || startedAt === undefined || finishedAt === undefined) return durationMs;
  return Math.max(durationMs, Date.parse(finishedAt) - Date.parse(startedAt));
}

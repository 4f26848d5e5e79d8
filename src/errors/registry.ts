import { auditErrors } from './areas/audit.ts';
import { configErrors } from './areas/config.ts';
import { demoErrors } from './areas/demo.ts';
import { effectsErrors } from './areas/effects.ts';
import { engineErrors } from './areas/engines.ts';
import { executionErrors } from './areas/execution.ts';
import { faceErrors } from './areas/faces.ts';
import { gateErrors } from './areas/gates.ts';
import { procedureErrors } from './areas/procedures.ts';
import { processErrors } from './areas/process.ts';
import { questionErrors } from './areas/questions.ts';
import { recoveryErrors } from './areas/recovery.ts';
import { runbookErrors } from './areas/runbooks.ts';
import { storeErrors } from './areas/store.ts';
import { targetErrors } from './areas/targets.ts';
import { worstDayErrors } from './areas/worst-day.ts';
import type { DetailsOf, ErrorDefinition } from './define.ts';

/** Every error that Holdfast raises on purpose. Codes are permanent: scripts and people depend on them. */
export const registry = {
  ...configErrors,
  ...processErrors,
  ...storeErrors,
  ...auditErrors,
  ...effectsErrors,
  ...engineErrors,
  ...gateErrors,
  ...executionErrors,
  ...questionErrors,
  ...recoveryErrors,
  ...targetErrors,
  ...runbookErrors,
  ...procedureErrors,
  ...worstDayErrors,
  ...demoErrors,
  ...faceErrors,
} as const;

export type ErrorCode = keyof typeof registry;
export type ErrorDetails<Code extends ErrorCode> = DetailsOf<(typeof registry)[Code]>;

export function definitionOf(code: ErrorCode): ErrorDefinition {
  return registry[code];
}

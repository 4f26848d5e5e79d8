import { z } from 'zod';

/** How one check ended. `could-not-run` is never green: what was not checked is not proven. */
export const CheckResult = z.object({
  /** Permanent name: `row-counts`, `content-hashes`, `schema`, `canary`, `files`, ... */
  name: z.string(),
  title: z.string(),
  status: z.enum(['passed', 'failed', 'could-not-run']),
  /** One line for a person: `41 of 41 content hashes`. */
  summary: z.string(),
  /** What differed, item by item; at most a hundred, then a count of the rest. Never holds data of the asset itself. */
  details: z.array(z.string()),
  durationMs: z.number(),
});
export type CheckResult = z.infer<typeof CheckResult>;

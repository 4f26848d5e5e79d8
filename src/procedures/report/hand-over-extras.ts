import { z } from 'zod';

/** What whoever takes over must know beside the outcome, as it was when the run ended. No secrets. */
export const HandOverExtras = z.object({
  /** The run can be brought back with `runs resume`. */
  interrupted: z.boolean().optional(),
  /** It is under way in some process: nothing of it is begun anew. */
  underWay: z.boolean().optional(),
  /** Words of the command that began the run, without `--from`; without it, it is made from the outcome. */
  again: z.array(z.string()).optional(),
  /** Gates that are open still. `until` is ISO. */
  openGates: z.array(z.object({ gate: z.string(), until: z.string().optional() })).optional(),
  /** Questions without an answer. */
  questions: z.array(z.object({ title: z.string(), askedAt: z.string() })).optional(),
  /** Who decides at this site: their roles, and the gates that they may open, `*` for all others. Absent where one person is alone. */
  deciders: z.array(z.object({ name: z.string(), roles: z.array(z.string()), gates: z.array(z.string()) })).optional(),
  /** People whom the runbook names: name, what they are, how they are reached. */
  people: z
    .array(z.object({ name: z.string(), role: z.string().optional(), contact: z.string().optional() }))
    .optional(),
});
export type HandOverExtras = z.infer<typeof HandOverExtras>;

import { z } from 'zod';

/** What a drill and a recovery let a person choose. */
export const choiceFields = {
  point: z.string().optional().describe('A recovery point, as `holdfast points` names it; the newest without it'),
  from: z.string().optional().describe('The store to restore from; the first of the asset without it'),
};

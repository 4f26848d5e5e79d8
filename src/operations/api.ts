import { checkSite } from './check-site.ts';
import { completion } from './completion.ts';
import { doctor } from './doctor.ts';
import { init } from './init.ts';
import { schema } from './schema.ts';
import { serve } from './serve.ts';
import type { Operation } from './types.ts';

/** Every operation of Holdfast. Each is in the file that it is imported from, and nowhere else is there a list of them. */
export const operations: readonly Operation[] = [doctor, init, checkSite, schema, serve, completion];

/** The operation of this name, as a person types it. */
export function operationNamed(name: string): Operation | undefined {
  return operations.find((operation) => operation.name === name);
}

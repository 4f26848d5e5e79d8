import type { z } from 'zod';
import { schemaProblems } from '../config/schema-problems.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { redactAll } from '../lib/redact-all.ts';
import type { Operation, OperationContext } from '../operations/types.ts';
import { kebab } from './input-fields.ts';

/**
 * The one way from a face to an operation: the input is checked, its secrets masked where it is kept, the handler runs, the result is checked. Throws
 * `input-invalid` with every mistake, naming fields as `named` writes them.
 */
export async function call(
  operation: Operation,
  context: OperationContext,
  input: unknown,
  named: (field: string) => string,
): Promise<unknown> {
  const checked = checkInput(operation, input, named);
  const said = operation.keepsWords === true ? redactAll(checked, context.services.redact) : checked;
  const output = await operation.handle(context, said);
  const parsed = operation.output.safeParse(output);
  if (parsed.success) return parsed.data;
  const problems = describeProblems(parsed.error, operation.output, output, (field) => field);
  throw new HoldfastError('output-invalid', { operation: operation.name, problems });
}

export function checkInput(
  operation: Operation,
  input: unknown,
  named: (field: string) => string,
): z.output<z.ZodObject> {
  const parsed = operation.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = describeProblems(parsed.error, operation.input, input, named);
  throw new HoldfastError('input-invalid', { operation: operation.name, problems });
}

/** `--asset-name` for a field that is given as a flag, `<asset>` for one given by position. */
export function flagName(operation: Operation): (field: string) => string {
  return (field) => (operation.positional?.includes(field) ? `<${kebab(field)}>` : `--${kebab(field)}`);
}

function describeProblems(
  error: z.ZodError,
  schema: z.ZodType,
  value: unknown,
  named: (field: string) => string,
): string {
  const told = schemaProblems(error, schema, value).map(({ path, message, key }) => {
    const [field, ...rest] = path;
    if (field === undefined || key === true) return message;
    return `${named(String(field))}${rest.map((part) => `.${part}`).join('')}: ${message}`;
  });
  return [...new Set(told)].join('; ');
}

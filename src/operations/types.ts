import type { z } from 'zod';
import type { ExitCode } from '../errors/exit-codes.ts';
import type { Effect, Gate } from '../gates/types.ts';
import type { Report } from '../lib/progress.ts';
import type { Services } from './services.ts';

export interface Example {
  /** What a person types after `holdfast`. */
  readonly command: string;
  readonly does: string;
}

export interface OperationContext {
  readonly services: Services;
  readonly signal: AbortSignal;
  readonly report: Report;
}

/**
 * One verb of Holdfast. The CLI command with its help, the HTTP route and the OpenAPI document all come from this record;
 * there is no second list anywhere.
 */
export interface Operation<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** Words a person types: `drill`, `evidence verify`. */
  readonly name: string;
  /** One line, an imperative. */
  readonly title: string;
  /** A paragraph or two for `--help` and the docs. */
  readonly description: string;
  /** Every field carries `.describe()`: it becomes the help of its option. */
  readonly input: Input;
  readonly output: Output;
  /** Input fields that the CLI takes by position, in order. An array field takes all that follow. */
  readonly positional?: readonly (keyof z.input<Input> & string)[];
  /** Permission that a token needs: `drills.run`, `runs.read`. */
  readonly permission: string;
  readonly effects: readonly Effect[];
  /** The gate its steps will ask for. Operations that only read have none. */
  readonly gate?: Gate;
  /** What is said with it is signed, and stays in the audit log for good: secrets in it are masked before anything is done with it. */
  readonly keepsWords?: boolean;
  /** Long work: HTTP answers 202 with the run's id and goes on. */
  readonly long?: boolean;
  /** Where it may be reached. `init`, `serve` and `demo` belong to a person at a terminal. */
  readonly faces: readonly ('cli' | 'http')[];
  readonly examples: readonly Example[];
  handle(context: OperationContext, input: z.output<Input>): Promise<z.output<Output>>;
  /** The result for a person at a terminal, without colour codes unless `style` adds them. */
  text(output: z.output<Output>, style: Style): string;
  /** Exit code of the CLI for a result that is no error: a verdict, or a part that failed. */
  exit?(output: z.output<Output>): ExitCode;
}

/** Colours; each is the identity when there is no terminal. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Keeps the schema types of a record. */
export function defineOperation<Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}

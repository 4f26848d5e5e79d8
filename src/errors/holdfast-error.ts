import { fill } from './define.ts';
import { exitCodes } from './exit-codes.ts';
import { definitionOf, type ErrorCode, type ErrorDetails, registry } from './registry.ts';

interface Extra {
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** Output of a program, redacted; shown in the long form only. */
  readonly output?: string;
}

/** The one class of errors raised on purpose: a permanent code with what, why, what to do and what state was left. */
export class HoldfastError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, string | number>>;
  readonly output: string | undefined;

  constructor(code: Code, details: ErrorDetails<Code>, extra: Extra = {}) {
    super(fill(definitionOf(code).message, details), extra.cause === undefined ? {} : { cause: extra.cause });
    this.name = 'HoldfastError';
    this.code = code;
    this.details = details;
    this.output = extra.output;
  }

  get why(): string {
    return fill(definitionOf(this.code).why, this.details);
  }

  get hint(): string {
    return fill(definitionOf(this.code).hint, this.details);
  }

  get state(): string {
    return fill(definitionOf(this.code).state, this.details);
  }

  get status(): number {
    return definitionOf(this.code).status;
  }

  get exitCode(): number {
    return exitCodes[definitionOf(this.code).exit].code;
  }

  /** The form that `--json`, HTTP and records share. */
  toJSON(): ErrorRecord {
    return {
      code: this.code,
      message: this.message,
      why: this.why,
      hint: this.hint,
      state: this.state,
      ...(this.output === undefined ? {} : { output: this.output }),
    };
  }
}

/** An error as data: what crosses a process, a database or the network. */
export interface ErrorRecord {
  readonly code: string;
  readonly message: string;
  readonly why: string;
  readonly hint: string;
  readonly state: string;
  readonly output?: string;
}

/** Any thrown thing as data. What is not ours becomes `unexpected` and keeps its message. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  return toHoldfastError(thrown).toJSON();
}

/** Any thrown thing as a HoldfastError. One that crossed a serialisation is recognised by its code. */
export function toHoldfastError(thrown: unknown): HoldfastError {
  if (thrown instanceof HoldfastError) return thrown;
  const revived = revive(thrown);
  if (revived !== undefined) return revived;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HoldfastError('unexpected', { message }, { cause: thrown });
}

function revive(thrown: unknown): HoldfastError | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { code, details, output } = thrown as { code?: unknown; details?: unknown; output?: unknown };
  if (typeof code !== 'string' || !(code in registry) || typeof details !== 'object' || details === null)
    return undefined;
  return new HoldfastError(code as ErrorCode, details as ErrorDetails<ErrorCode>, {
    cause: thrown,
    ...(typeof output === 'string' ? { output } : {}),
  });
}

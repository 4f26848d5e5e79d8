import { HoldfastError, toHoldfastError } from '../errors/holdfast-error.ts';
import type { Json } from '../lib/canonical-json.ts';
import type { Redact } from '../lib/redact.ts';

/** A value as JSON carries it, with every text in it redacted, keys too. What JSON cannot carry is left out, as JSON.stringify does. */
export function cleanJson(value: unknown, redact: Redact): Json {
  const text = JSON.stringify(value ?? null);
  return text === undefined ? null : redacted(JSON.parse(text) as Json, redact);
}

/** An error as it is recorded: enough to be the same HoldfastError again, redacted, without stack and cause. */
export interface StoredError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly output?: string;
}

/** Program output kept with a recorded error, in characters: the last lines explain, the rest is in the logs of the program. */
const outputLimit = 16_384;

export function storedError(thrown: unknown, redact: Redact): StoredError {
  const error = toHoldfastError(thrown);
  return {
    code: error.code,
    message: redact(error.message),
    details: cleanJson(error.details, redact) as Record<string, string | number>,
    ...(error.output === undefined ? {} : { output: redact(error.output).slice(-outputLimit) }),
  };
}

/** The HoldfastError that was recorded. */
export function revivedError(stored: StoredError): HoldfastError {
  const error = toHoldfastError(stored);
  // One without a message of its own to compare is recorded by a version that knew other codes: keep its words.
  return error.code === stored.code ? error : new HoldfastError('unexpected', { message: stored.message });
}

function redacted(value: Json, redact: Redact): Json {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item: Json) => redacted(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [redact(key), redacted(member, redact)]));
}

import type { Redact } from '../lib/redact.ts';

/** The same value with every text in it redacted; keys stay, and hashes of 64 digits are no secrets. */
export function redactAll<Value>(value: Value, redact: Redact): Value {
  return redacted(value, redact) as Value;
}

function redacted(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? value : redact(value);
  if (Array.isArray(value)) return value.map((item) => redacted(item, redact));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, redacted(item, redact)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redacted(item, redact)]));
}

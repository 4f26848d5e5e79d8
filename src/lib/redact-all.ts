import { mask, type Redact } from './redact.ts';

/** The same value with every text in it redacted; keys stay, and hashes of 64 digits are no secrets. */
export function redactAll<Value>(value: Value, redact: Redact): Value {
  return redacted(value, redact) as Value;
}

function redacted(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? value : redact(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => afterFlag(value[index - 1], redacted(item, redact), redact));
  }
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, redacted(item, redact)]));
  if (typeof value !== 'object' || value === null) return value;
  const { name } = value as { readonly name?: unknown };
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'value' || key === 'default' ? besideName(name, redacted(item, redact), redact) : redacted(item, redact),
    ]),
  );
}

/** What is secret only by its name, as a parameter `DB_PASSWORD`. */
function besideName(name: unknown, item: unknown, redact: Redact): unknown {
  if (typeof name !== 'string' || typeof item !== 'string') return item;
  const both = `${name}=${item}`;
  return redact(both) === both ? item : mask;
}

/** What is secret only by the word before it, as the argument of `--token`. */
function afterFlag(before: unknown, item: unknown, redact: Redact): unknown {
  if (typeof before !== 'string' || typeof item !== 'string' || !/^-{1,2}[a-z]/i.test(before)) return item;
  const both = `${before} ${item}`;
  return redact(both) === both ? item : mask;
}

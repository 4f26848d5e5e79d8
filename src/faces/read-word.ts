import type { InputField } from './input-fields.ts';

/**
 * A word of a command line or of a query as the value its field takes. What does not fit stays as it was written: the schema of the
 * operation then says what is wrong with it.
 */
export function readWord(field: InputField, given: unknown): unknown {
  if (Array.isArray(given)) return field.numbers ? given.map(numberOr) : given;
  if (field.kind === 'list') return readWord(field, [given]);
  if (field.kind === 'number') return numberOr(given);
  if (field.kind === 'boolean' && (given === 'true' || given === 'false')) return given === 'true';
  return field.kind === 'json' ? jsonOr(given) : given;
}

function numberOr(word: unknown): unknown {
  if (typeof word !== 'string' || word.trim() === '') return word;
  const number = Number(word);
  return Number.isNaN(number) ? word : number;
}

function jsonOr(word: unknown): unknown {
  try {
    return JSON.parse(String(word)) as unknown;
  } catch {
    return word;
  }
}

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text of a JSON value: RFC 8785 (JSON Canonicalization Scheme). Keys sort by UTF-16 code unit, numbers and
 * strings are written as ECMAScript writes them. Throws a TypeError on what JSON cannot carry, rather than dropping it;
 * only object members whose value is undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`canonical JSON has no ${typeof value}`);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (!isPlain(value)) throw new TypeError(`canonical JSON has no ${value.constructor.name}`);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${text(key)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Half a surrogate pair is no Unicode text: RFC 8785 section 3.2.2.2 has it refused. */
function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogate');
  return JSON.stringify(value);
}

/** Maps, sets and bytes would come out as `{}` or as something else than they are. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

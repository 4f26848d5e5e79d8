/**
 * Reads a singular JSON path (RFC 9535: one that names at most one value): `$`, then `.name`, `['name']`, `["name"]` or `[0]`, where
 * a negative index counts from the end. Undefined when it is none.
 */
export function parseJsonPath(path: string): readonly (string | number)[] | undefined {
  const text = path.trim();
  if (!text.startsWith('$')) return undefined;
  const segments: (string | number)[] = [];
  for (let at = 1; at < text.length; ) {
    segment.lastIndex = at;
    const found = segment.exec(text);
    if (found === null) return undefined;
    const [whole, name, single, double, index] = found;
    if (index !== undefined) segments.push(Number(index));
    else if (name !== undefined) segments.push(name);
    else {
      const member = unescaped(single ?? double ?? '');
      if (member === undefined) return undefined;
      segments.push(member);
    }
    at += whole.length;
  }
  return segments;
}

/** The value at a path; undefined when there is none. */
export function atJsonPath(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const part of path) {
    if (typeof part === 'number') {
      if (!Array.isArray(found)) return undefined;
      found = found.at(part) as unknown;
    } else {
      if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, part))
        return undefined;
      found = (found as Record<string, unknown>)[part];
    }
  }
  return found;
}

const blank = '[ \\t\\r\\n]*';
const segment = new RegExp(
  `${blank}(?:\\.([A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*)|\\[${blank}(?:'((?:[^'\\\\]|\\\\.)*)'|"((?:[^"\\\\]|\\\\.)*)"|(0|-?[1-9]\\d{0,15}))${blank}\\])`,
  'y',
);

/** A member name as JSON would write it, but that `'` may be escaped too. */
function unescaped(written: string): string | undefined {
  const json = written.replace(/\\'/g, "'").replace(/\\.|"/gs, (part) => (part === '"' ? '\\"' : part));
  try {
    return JSON.parse(`"${json}"`) as string;
  } catch {
    return undefined;
  }
}

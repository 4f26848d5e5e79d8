import { HoldfastError } from '../../errors/holdfast-error.ts';

/** True for a path that the backup leaves out. Absolute paths with `/`. */
export type IsExcluded = (path: string) => boolean;

/**
 * Reads exclude patterns as restic does (its documentation, "Excluding Files"): a pattern that begins with `/` is matched from
 * the root, any other against every run of path elements; `*`, `?` and `[...]` stay within one element, `**` stands for any number
 * of them. What lies under something excluded is never looked at. Throws `pattern-not-supported`.
 */
export function excluder(patterns: readonly string[]): IsExcluded {
  const rules = patterns.filter((pattern) => pattern !== '').map(read);
  if (rules.length === 0) return () => false;
  return (path) => {
    const elements = path.split('/');
    return rules.some((rule) => matches(rule, elements));
  };
}

interface Rule {
  readonly absolute: boolean;
  readonly elements: readonly (RegExp | 'any')[];
}

function read(pattern: string): Rule {
  if (pattern.startsWith('!'))
    throw refused(pattern, 'patterns that include again are read differently by each version of restic');
  const clean = pattern.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  const elements = clean.split('/').filter((element) => element !== '.');
  return {
    absolute: clean.startsWith('/'),
    elements: elements.map((element) => (element === '**' ? 'any' : expression(pattern, element))),
  };
}

function matches(rule: Rule, path: readonly string[]): boolean {
  const last = rule.absolute ? 0 : path.length - 1;
  for (let start = 0; start <= last; start += 1) if (matchesAt(rule.elements, 0, path, start)) return true;
  return false;
}

/** A pattern that ends before the path does matches a directory above it, and so all that is in it. */
function matchesAt(elements: Rule['elements'], index: number, path: readonly string[], at: number): boolean {
  const element = elements[index];
  if (element === undefined) return true;
  if (element === 'any') {
    for (let next = at; next <= path.length; next += 1) if (matchesAt(elements, index + 1, path, next)) return true;
    return false;
  }
  const name = path[at];
  return name !== undefined && element.test(name) && matchesAt(elements, index + 1, path, at + 1);
}

/** One element as Go's filepath.Match reads it. */
function expression(pattern: string, element: string): RegExp {
  let source = '';
  for (let at = 0; at < element.length; at += 1) {
    const character = element.charAt(at);
    if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '[') {
      const end = element.indexOf(']', at + 2);
      if (end < 0) throw refused(pattern, 'a bracket is not closed');
      source += bracket(element.slice(at + 1, end));
      at = end;
    } else if (character === '\\') {
      at += 1;
      if (at >= element.length) throw refused(pattern, 'it ends with a backslash');
      source += escapeRegExp(element.charAt(at));
    } else source += escapeRegExp(character);
  }
  return new RegExp(`^${source}$`, 'su');
}

function bracket(content: string): string {
  const negated = content.startsWith('^');
  const inner = (negated ? content.slice(1) : content).replaceAll(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${inner}]`;
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function refused(pattern: string, reason: string): HoldfastError {
  return new HoldfastError('pattern-not-supported', { pattern, reason });
}

import { frontMatterOf } from '../../effects/documents/front-matter.ts';
import { yaml } from '../../effects/documents/lazy.ts';

/**
 * The settings before a document as text: nested ones by dotted names, lists joined with commas. What cannot be read as settings
 * gives none.
 */
export function settingsOf(markdown: string): Record<string, string> {
  const { settings } = frontMatterOf(markdown);
  if (settings === undefined) return {};
  const text = markdown.slice(settings.start, settings.end);
  return settings.language === 'toml' ? tomlLines(text) : yamlValues(text);
}

function yamlValues(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  try {
    const value: unknown = yaml().parse(text, {
      schema: 'failsafe',
      maxAliasCount: 0,
      logLevel: 'silent',
      strict: false,
    });
    if (typeof value === 'object' && value !== null) flatten(value, '', found, 0);
  } catch {
    return simpleLines(text, ':');
  }
  return found;
}

function flatten(value: object, before: string, found: Record<string, string>, depth: number): void {
  for (const [key, member] of Object.entries(value)) {
    const name = before === '' ? key : `${before}.${key}`;
    if (Array.isArray(member) && member.every((item) => typeof item !== 'object' || item === null))
      put(found, name, member.map((item) => String(item ?? '')).join(', '));
    else if (typeof member === 'object' && member !== null && depth < 8) flatten(member, name, found, depth + 1);
    else put(found, name, String(member ?? ''));
  }
}

/** `__proto__` as a name must stay a name. */
function put(found: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(found, name, { value, enumerable: true, configurable: true, writable: true });
}

function tomlLines(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let table = '';
  for (const line of text.split(/\r\n?|\n/)) {
    const section = /^\s*\[([\w.-]+)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) table = `${section}.`;
    else for (const [name, value] of Object.entries(simpleLines(line, '='))) put(found, table + name, value);
  }
  return found;
}

function simpleLines(text: string, sign: ':' | '='): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r\n?|\n/)) {
    const at = line.indexOf(sign);
    const name = line.slice(0, Math.max(at, 0)).trim();
    if (!/^[\p{L}\p{N}_.-]{1,100}$/u.test(name)) continue;
    put(
      found,
      name,
      line
        .slice(at + 1)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2'),
    );
  }
  return found;
}

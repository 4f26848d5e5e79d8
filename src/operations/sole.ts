import { existsSync } from 'node:fs';
import type { Operation } from './types.ts';

/**
 * The record of a one-word command alone, so that running it does not load all the others: it is in the file of its name, which
 * a test holds true. Undefined for anything else, as help or a mistyped word: then the whole list is needed.
 */
export async function soleOperation(words: readonly string[]): Promise<Operation | undefined> {
  const [name] = words;
  if (name === undefined || !/^[a-z]+$/.test(name)) return undefined;
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  // `bundle verify` stands below `bundle`: to tell them apart the whole list is needed.
  const below = (word: string) => existsSync(new URL(`./${name}-${word}.${extension}`, import.meta.url));
  if (words.slice(1).some((word) => /^[a-z]+$/.test(word) && below(word))) return undefined;
  const module: unknown = await import(new URL(`./${name}.${extension}`, import.meta.url).href).catch(() => undefined);
  if (typeof module !== 'object' || module === null || !(name in module)) return undefined;
  const record: unknown = Reflect.get(module, name);
  return isRecord(record) && record.name === name ? record : undefined;
}

function isRecord(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'name' in value && 'handle' in value;
}

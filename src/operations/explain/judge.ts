import { findSnippets } from '../../effects/documents/index.ts';
import { explain, prepareEffects } from '../../effects/explain.ts';
import type { Effects, Language } from '../../effects/types.ts';

export interface Question {
  readonly text: string;
  readonly language?: Language;
  readonly fileName?: string;
  /** Text of a file beside the one that is judged. */
  readonly beside?: (name: string) => string | undefined;
}

/**
 * What a text would do. Scripts that it calls are followed where they stand in the text itself or beside its file. PostgreSQL's grammar
 * is loaded when SQL is met.
 */
export async function judge({ text, language, fileName, beside }: Question): Promise<Effects> {
  const given = { ...(language === undefined ? {} : { language }), ...(fileName === undefined ? {} : { fileName }) };
  const inside = scriptsIn(text, given);
  const resolve = (name: string) => inside.get(name.slice(name.lastIndexOf('/') + 1)) ?? beside?.(name);
  const judged = explain(text, { ...given, resolve });
  if (!judged.commands.some(({ why }) => why.includes('grammar is not loaded'))) return judged;
  await prepareEffects();
  return explain(text, { ...given, resolve });
}

/** Scripts of a document by their names. Two of one name cannot be told apart: neither is followed. */
function scriptsIn(
  text: string,
  given: { readonly language?: Language; readonly fileName?: string },
): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  const twice = new Set<string>();
  // A text that names no script has none inside.
  if (!/\.(?:sh|bash|ksh|sql|psql)\b/.test(text)) return scripts;
  for (const { name, text: script } of findSnippets(text, given)) {
    if (name === undefined) continue;
    if (scripts.has(name)) twice.add(name);
    scripts.set(name, script);
  }
  for (const name of twice) scripts.delete(name);
  return scripts;
}

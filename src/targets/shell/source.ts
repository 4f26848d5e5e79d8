import { readFileSync } from 'node:fs';
import { quote } from './quote.ts';

let source: { readonly helper: string; readonly wrapper: string } | undefined;

/** What a fresh shell is told first: the helper's functions, then `hf_begin` with its tokens and the wrapper's text. */
export function greeting(token: string, notice: string): string {
  source ??= { helper: read('helper.sh'), wrapper: read('wrapper.sh') };
  return `${source.helper}\nhf_begin ${token} ${notice} ${quote(source.wrapper)}\n`;
}

/** Without comments: they would travel to every target. */
function read(name: string): string {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text.replaceAll(/^\s*#.*\n/gm, '').trimEnd();
}

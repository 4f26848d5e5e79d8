import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** The YAML parser, loaded when the first YAML is met: a lone command must not wait for it. */
export function yaml(): typeof import('yaml') {
  return load('yaml') as typeof import('yaml');
}

/** The Markdown parser, likewise. */
export function markdownParser(): typeof import('mdast-util-from-markdown') {
  return load('mdast-util-from-markdown') as typeof import('mdast-util-from-markdown');
}

/** What it needs to know tables, for those who ask. */
export function gfmTables(): typeof import('micromark-extension-gfm-table') {
  return load('micromark-extension-gfm-table') as typeof import('micromark-extension-gfm-table');
}

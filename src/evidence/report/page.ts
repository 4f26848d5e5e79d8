import { createHash } from 'node:crypto';
import { version } from '../../lib/version.ts';
import { type Content, html, toHtml, trustedHtml } from './html.ts';
import { patterns } from './icons.ts';
import type { Language } from './messages/catalogue.ts';

/** One HTML page that needs nothing else: no script, no network, no other file. The same parts give the same bytes. */
export function renderPage(page: {
  readonly language: Language;
  readonly title: Content;
  readonly style: string;
  /** Version of Holdfast that speaks; this one without it. */
  readonly holdfast?: string;
  readonly main: Content;
  readonly footer: Content;
}): string {
  return toHtml(html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(page.style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="generator" content="Holdfast ${page.holdfast ?? version}">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<style>${trustedHtml(page.style)}</style>
</head>
<body>
${patterns}
<main>
${page.main}
</main>
${page.footer}
</body>
</html>
`);
}

/** Nothing may be loaded and nothing may run; the one style sheet is known by its hash. */
function contentPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

// Writes the generated pages of docs/; with --check only says which are not up to date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onOwnNode, root } from './node.mjs';

await onOwnNode();

const { generateDocs } = await import('../src/faces/docs.ts');
const pages = Object.entries(await generateDocs());
const stale = pages.filter(([path, text]) => current(path) !== text).map(([path]) => path);

if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`${path} is not up to date: run \`npm run docs\`.`);
  process.exit(stale.length === 0 ? 0 : 1);
}
for (const [path, text] of pages) {
  if (!stale.includes(path)) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}

function current(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

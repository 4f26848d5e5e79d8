// Runs benchmarks: `node tools/bench.mjs [name...]`, all of bench/*.ts without a name.
import { existsSync, readdirSync } from 'node:fs';
import { execute, onOwnNode, root } from './node.mjs';

await onOwnNode();

const all = readdirSync(`${root}bench`)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .sort();
const [names, args] = split(process.argv.slice(2));
const unknown = names.filter((name) => !existsSync(`${root}bench/${name}.ts`));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. Benchmarks are ${all.join(', ')}.`);
  process.exit(2);
}

let worst = 0;
for (const name of names.length > 0 ? names : all) {
  console.log(`\n${name}`);
  worst = Math.max(worst, await execute(process.execPath, [`bench/${name}.ts`, ...args]));
}
process.exit(worst);

/** Names first; from the first option on, words belong to the benchmark. */
function split(words) {
  const at = words.findIndex((word) => word.startsWith('-'));
  return at === -1 ? [words, []] : [words.slice(0, at), words.slice(at)];
}

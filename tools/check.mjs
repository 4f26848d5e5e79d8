// The checks of the house: types, lint and format, import direction, unused code, a lock file for every
// system, generated documents.
// `node tools/check.mjs [name...]` runs some of them.
import { spawn } from 'node:child_process';
import { onOwnNode, root } from './node.mjs';

await onOwnNode();

const bin = (path) => [process.execPath, `node_modules/${path}`];

const checks = {
  types: [...bin('typescript/bin/tsc'), '-p', '.', '--noEmit'],
  lint: [...bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'],
  imports: [...bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--config', '.dependency-cruiser.cjs'],
  unused: [...bin('knip/bin/knip.js'), '--no-progress'],
  lock: [process.execPath, 'tools/lock.mjs', '--check'],
  docs: [process.execPath, 'tools/docs.mjs', '--check'],
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. Checks are ${Object.keys(checks).join(', ')}.`);
  process.exit(2);
}

const chosen = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const results = await Promise.all(chosen.map(([name, command]) => check(name, command)));
process.exit(results.every(Boolean) ? 0 : 1);

/** Output is shown only for what failed, whole and not mixed with that of others. */
async function check(name, [program, ...args]) {
  const start = performance.now();
  const { code, output } = await collect(program, args);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✔' : '✘'} ${name.padEnd(8)} ${seconds} s`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

function collect(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

// Makes dist/: what is published. Plain JavaScript that runs on Node 20.19, with the files that the code reads.
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execute, onOwnNode, root } from './node.mjs';

await onOwnNode();

const dist = `${root}dist`;
const asset = /\.(sql|html|css|json|svg|sh)$/;

rmSync(dist, { recursive: true, force: true });
const compiled = await execute(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
if (compiled !== 0) process.exit(compiled);

for (const path of readdirSync(`${root}src`, { recursive: true })) {
  if (asset.test(path)) cpSync(`${root}src/${path}`, `${dist}/${path}`);
}

const main = `${dist}/main.js`;
const code = readFileSync(main, 'utf8').replace(/^#!.*\n/, '');
writeFileSync(main, `#!/usr/bin/env node\n${code}`);
chmodSync(main, 0o755);

// Makes dist/: what is published. Plain JavaScript that runs on Node 20.19, with the files that the code reads.
import { chmodSync, cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execute, onOwnNode, root } from './node.mjs';

await onOwnNode();

const dist = `${root}dist`;
const assets = '**/*.{sql,html,css,json,svg}';

rmSync(dist, { recursive: true, force: true });
const compiled = await execute(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
if (compiled !== 0) process.exit(compiled);

for (const path of globSync(assets, { cwd: `${root}src` })) cpSync(`${root}src/${path}`, `${dist}/${path}`);

const main = `${dist}/main.js`;
const code = readFileSync(main, 'utf8').replace(/^#!.*\n/, '');
writeFileSync(main, `#!/usr/bin/env node\n${code}`);
chmodSync(main, 0o755);

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * npm starts the tools with the system's Node, which may be older than the one that runs TypeScript. Starts the same tool
 * again under Node 24 then, and ends with its exit code.
 */
export async function onOwnNode() {
  const own = `${root}node_modules/node/bin/node`;
  if (Number.parseInt(process.versions.node, 10) >= 24 || !existsSync(own)) return;
  process.exit(await execute(own, process.argv.slice(1)));
}

/** Runs a program with this terminal; resolves to its exit code. A signal counts as failure. */
export function execute(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    // Ctrl-C reaches the child from the terminal; SIGTERM reaches this process only.
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

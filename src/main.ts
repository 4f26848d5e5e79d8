#!/usr/bin/env node
import { homedir, userInfo } from 'node:os';
import type { Actor } from './gates/types.ts';
import { enableCompileCache } from './lib/compile-cache.ts';
import type { Faces } from './operations/services.ts';
import type { Operation } from './operations/types.ts';

// Before anything else is loaded: what follows is then compiled once, not at each start.
enableCompileCache(process.env);

const [
  { SecretMemory },
  { assistantIn },
  { systemClock },
  { soleOperation },
  { openServices },
  { watchShutdown },
  { sinkFor },
  { runCli },
] = await Promise.all([
  import('./config/secret-memory.ts'),
  import('./gates/assistant.ts'),
  import('./lib/clock.ts'),
  import('./operations/sole.ts'),
  import('./operations/open-services.ts'),
  import('./process/shutdown.ts'),
  import('./faces/cli/output.ts'),
  import('./faces/cli/run-cli.ts'),
]);

const memory = new SecretMemory();
const shutdown = watchShutdown();

const faces: Faces = {
  async serve(port, context, listening) {
    const { serveHttp } = await import('./faces/http/serve-http.ts');
    return await serveHttp({ operations: await allOperations(), port, ...context, listening });
  },
  async completion(shell) {
    const { completionScript } = await import('./faces/cli/completion.ts');
    return completionScript(await allOperations(), shell);
  },
};

const words = process.argv.slice(2);
const sole = await soleOperation(words);

process.exitCode = await runCli({
  words,
  sources: { env: process.env, cwd: process.cwd(), home: homedir(), uid: process.getuid?.() },
  operations: sole === undefined ? await allOperations() : [sole],
  stdout: sinkFor(process.stdout),
  stderr: sinkFor(process.stderr),
  keyboard: () => (process.stdin.isTTY ? process.stdin : undefined),
  clock: systemClock,
  redact: memory.redact,
  signal: shutdown.signal,
  openServices: (options, report) =>
    openServices({ options, report, memory, faces, signal: shutdown.signal, env: process.env, actor: person() }),
});
await shutdown.finish();
// A library that keeps a timer or a socket must not keep the shell waiting.
setTimeout(() => process.exit(), 1000).unref();

async function allOperations(): Promise<readonly Operation[]> {
  return (await import('./operations/api.ts')).operations;
}

/** Who types: the person, or an assistant in a shell of its own that says so. */
function person(): Actor {
  const assistant = assistantIn(process.env, process.stdin.isTTY === true);
  return { name: userName(), kind: assistant === undefined ? 'person' : 'assistant', face: 'cli' };
}

/** With sudo it is the person who acts, not root. */
function userName(): string {
  const { SUDO_USER } = process.env;
  if (process.getuid?.() === 0 && SUDO_USER) return SUDO_USER;
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the user database, as containers give it.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

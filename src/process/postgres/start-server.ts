import { chmod, chown, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { askServer, socketPath } from './accepting.ts';
import { spawnAttached } from './spawn-attached.ts';
import { type Spawned, spawnDetached } from './spawn-server.ts';
import type { PostgresServer, ServerSpec, StopMode } from './types.ts';

export type { PostgresServer, ServerSpec } from './types.ts';

/**
 * Starts a server and waits until it accepts connections (crash recovery included). Errors: `server-not-started` with the last
 * lines of its log when it ends or takes longer than `timeoutMs`, `socket-path-too-long`, `cancelled`; then it is not running.
 */
export async function startServer(
  spec: ServerSpec,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<PostgresServer> {
  const socketDirectory = outside(spec, spec.socketDirectory);
  checkSocketPath(socketDirectory, spec);
  const log = spec.log ?? join(dirname(outside(spec, spec.data)), 'server.log');
  await prepareSocketDirectory(socketDirectory, spec);
  const begun = performance.now();
  const spawned =
    spec.lifetime === 'detached' ? await spawnDetached(spec, log) : await spawnAttached(spec, outside(spec, spec.data));
  try {
    await untilAccepting(spawned, { socketDirectory, spec, signal, timeoutMs, begun });
  } catch (error) {
    await spawned.stop('immediate', 5000);
    throw error instanceof NotStarted ? await describe(error, spec, spawned) : error;
  }
  return {
    connection: {
      host: socketDirectory,
      port: spec.port,
      user: spec.superuser,
      ...(spec.password === undefined ? {} : { password: spec.password }),
    },
    pid: spawned.pid,
    startMs: performance.now() - begun,
    logTail: () => spawned.logTail(),
    stop: (mode: StopMode, limit = 30_000) => spawned.stop(mode, limit),
  };
}

/** A path inside the sandbox as this side sees it; the same path when there is no sandbox. */
export function outside(spec: Pick<ServerSpec, 'sandbox'>, inside: string): string {
  let best: readonly [string, string] | undefined;
  for (const [host, mounted] of Object.entries(spec.sandbox?.writable ?? {})) {
    const holds = inside === mounted || inside.startsWith(`${mounted}/`);
    if (holds && (best === undefined || mounted.length > best[1].length)) best = [host, mounted];
  }
  return best === undefined ? inside : best[0] + inside.slice(best[1].length);
}

async function untilAccepting(
  spawned: Spawned,
  wait: {
    readonly socketDirectory: string;
    readonly spec: ServerSpec;
    readonly signal: AbortSignal;
    readonly timeoutMs: number;
    readonly begun: number;
  },
): Promise<void> {
  const { spec, signal, timeoutMs, begun } = wait;
  for (;;) {
    if (signal.aborted) throw new HoldfastError('cancelled', { what: 'Starting PostgreSQL' });
    // Asked before the answer: a server that refuses to start because another holds the directory must not borrow that one's answer.
    const ended = spawned.ended();
    if (ended !== undefined) throw new NotStarted(`it ended with ${ended}`);
    const answer = await askServer(wait.socketDirectory, spec.port, 1000);
    if (answer === 'accepting' && (await spawned.isReady())) return;
    if (performance.now() - begun > timeoutMs) {
      throw new NotStarted(`it did not accept connections within ${Math.round(timeoutMs / 1000)} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Becomes a HoldfastError once the server is down and its last lines can be read. */
class NotStarted extends Error {}

async function describe(error: NotStarted, spec: ServerSpec, spawned: Spawned): Promise<HoldfastError> {
  const lines = await spawned.logTail();
  const last = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return new HoldfastError(
    'server-not-started',
    { data: spec.data, reason: error.message, last },
    { output: lines.join('\n') },
  );
}

function checkSocketPath(directory: string, spec: ServerSpec): void {
  // 107 bytes on Linux and 103 on macOS, without the closing zero.
  const limit = process.platform === 'darwin' ? 103 : 107;
  for (const path of [socketPath(directory, spec.port), socketPath(spec.socketDirectory, spec.port)]) {
    if (Buffer.byteLength(path) > limit) throw new HoldfastError('socket-path-too-long', { path, limit });
  }
}

async function prepareSocketDirectory(directory: string, spec: ServerSpec): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (spec.account !== undefined && process.getuid?.() === 0) {
    await chown(directory, spec.account.uid, spec.account.gid);
  }
  await chmod(directory, 0o700);
}

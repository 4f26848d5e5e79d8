import { Child } from './child.ts';
import type { Command, Service } from './types.ts';

export interface StartOptions {
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
}

/** A server talks for weeks; what it said last is what explains its end. */
const keepBytes = 256 * 1024;
const graceMs = 500;

/**
 * Starts a server and returns at once; whether it serves is for the caller to ask. It ends when Holdfast ends, however
 * that happens: in a sandbox and where setpriv exists by the kernel, elsewhere when Holdfast exits by itself.
 * Throws like `run`.
 */
export function start(command: Command, options: StartOptions = {}): Service {
  const child = new Child(command, { keepBytes, keep: 'last', graceMs, ...options });
  return {
    pid: child.pid,
    exited: child.finished,
    async stop(signal, grace) {
      await child.end('stop', signal, grace);
      return child.finished;
    },
  };
}

import { readFileSync } from 'node:fs';
import { exitCodes } from '../errors/exit-codes.ts';
import { killAllTrees } from './tree.ts';

/** How long what is under way may take to end by itself once it was asked to. */
const limitMs = 20_000;

type Cleanup = () => Promise<void> | void;

const cleanups = new Map<symbol, Cleanup>();

/**
 * Registers what must be done before Holdfast ends. Returns what takes it back. The last registered runs first.
 * @public
 */
export function onShutdown(cleanup: Cleanup): () => void {
  const key = Symbol('cleanup');
  cleanups.set(key, cleanup);
  return () => void cleanups.delete(key);
}

export interface Shutdown {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Runs the registered cleanups, each once, and stops listening. Call it when the work is over, well or badly. */
  finish(): Promise<void>;
}

/**
 * The one place that listens for signals. The first asks what is under way to end and gives it 20 s; a second Ctrl-C, or
 * the end of that time, kills every child and exits at once. The exit code is 130 in both.
 */
export function watchShutdown(): Shutdown {
  const controller = new AbortController();
  let limit: NodeJS.Timeout | undefined;
  const listen = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      // A terminal that closes sends SIGHUP after SIGTERM: only a person's second Ctrl-C is impatience.
      if (name === 'SIGINT') exitNow();
      return;
    }
    limit = setTimeout(exitNow, limitMs);
    controller.abort(name);
  };
  const signals = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).filter((name) => name !== 'SIGHUP' || !ignoresHangup());
  for (const name of signals) process.on(name, listen);
  return {
    signal: controller.signal,
    async finish() {
      await runCleanups();
      killAllTrees();
      clearTimeout(limit);
      for (const name of signals) process.off(name, listen);
    },
  };
}

async function runCleanups(): Promise<void> {
  for (const [key, cleanup] of [...cleanups].reverse()) {
    cleanups.delete(key);
    try {
      await cleanup();
    } catch {
      // One that fails must not keep the others from running; its own code reports what matters.
    }
  }
}

/** The exit handlers of the process trees and scratch directories do the rest. */
function exitNow(): void {
  process.exit(exitCodes.cancelled.code);
}

/** Started by nohup: then a closed terminal must not end it. SigIgn is a bit mask, SIGHUP its lowest bit (proc(5)). */
function ignoresHangup(): boolean {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
    return (Number.parseInt(mask.slice(-1), 16) & 1) === 1;
  } catch {
    return false;
  }
}

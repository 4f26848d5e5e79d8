import { atMost, spawnPlanned } from './child.ts';
import { markVariable, newMark, ProcessTree, sendSignal } from './tree.ts';
import type { Command } from './types.ts';

export interface ConverseOptions {
  readonly onStdout: (chunk: Buffer) => void;
  readonly onStderr: (chunk: Buffer) => void;
  /** What puts itself into the background on purpose, as a shared connection of OpenSSH does, is left alone. */
  readonly leavesDaemons?: boolean;
}

/** A long-lived program that is talked to: its input stays open, its output comes as raw bytes. */
export interface Conversation {
  readonly pid: number;
  /** How it ended, after all of its output was handed over. Never rejects. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** What is written to a program that has ended goes nowhere. */
  write(text: string): void;
  /** Ends its input, waits `graceMs` for it to end by itself, then kills it with its process group. */
  close(graceMs: number): Promise<void>;
}

/** Output that somebody else holds open after the program is gone is waited for no longer than this. */
const drainMs = 200;

/**
 * Starts a program and keeps talking to it. It ends with Holdfast as every child does. Throws program-missing,
 * program-not-started, account-missing and account-not-allowed.
 */
export function converse(command: Command, options: ConverseOptions): Conversation {
  const mark = newMark();
  const marks = options.leavesDaemons === true ? outerMark() : { [mark.name]: mark.value };
  const { child, pid } = spawnPlanned(command, marks, 'pipe');
  const tree = new ProcessTree(pid, mark.text);
  const { stdin, stdout, stderr } = child;
  stdout?.on('data', options.onStdout);
  stderr?.on('data', options.onStderr);
  // A program that is gone closes its pipes: `ended` tells, not an error.
  for (const stream of [stdin, stdout, stderr]) stream?.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => {
        stdout?.destroy();
        stderr?.destroy();
      }, drainMs);
      void closed.then(() => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    });
  });
  return {
    pid,
    ended,
    write: (text) => void stdin?.write(text),
    async close(graceMs) {
      stdin?.end();
      await atMost(graceMs, ended);
      // Its group is all there is of it: what put itself elsewhere did so on purpose, or is a step.
      sendSignal(-pid, 'SIGKILL');
      await ended;
      tree.forget();
    },
  };
}

/** Only the mark of a Holdfast around this one. */
function outerMark(): Record<string, string> {
  const outer = process.env[markVariable];
  return outer === undefined ? {} : { [markVariable]: outer };
}

import { Child, commandText } from './child.ts';
import type { Command, Finished, RunOptions } from './types.ts';

const defaultKeepBytes = 4 * 1024 * 1024;
const defaultGraceMs = 500;

/**
 * Runs a program to its end. Resolves, also for a failure, a timeout or a cancellation, only when nothing that came of the
 * program is alive. Rejects with program-missing, program-not-started, account-missing or account-not-allowed when it
 * never ran, with program-survived when it could not be killed, and with what a line callback threw.
 */
export async function run(command: Command, options: RunOptions): Promise<Finished> {
  if (options.signal.aborted) return neverStarted(command);
  const graceMs = options.graceMs ?? defaultGraceMs;
  const child = new Child(command, {
    keepBytes: options.keepBytes ?? defaultKeepBytes,
    keep: 'first',
    graceMs,
    ...(options.onStdoutLine === undefined ? {} : { onStdoutLine: options.onStdoutLine }),
    ...(options.onStderrLine === undefined ? {} : { onStderrLine: options.onStderrLine }),
  });
  const cancel = () => void child.end('cancel', 'SIGTERM', graceMs);
  options.signal.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => void child.end('timeout', 'SIGTERM', graceMs), options.timeoutMs);
  try {
    return await child.finished;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', cancel);
  }
}

function neverStarted(command: Command): Finished {
  return {
    command: commandText(command),
    exitCode: null,
    signal: null,
    timedOut: false,
    cancelled: true,
    stdout: '',
    stderr: '',
    dropped: 0,
    startedAt: new Date(),
    durationMs: 0,
    ok: false,
  };
}

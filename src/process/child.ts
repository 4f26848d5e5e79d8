import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { Capture } from './capture.ts';
import { launchPlan } from './launch-plan.ts';
import { LineSplitter } from './lines.ts';
import { newMark, ProcessTree, sendSignal } from './tree.ts';
import type { Command, Finished } from './types.ts';

export interface ChildOptions {
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
  /** Bytes of each stream that are kept. */
  readonly keepBytes: number;
  readonly keep: 'first' | 'last';
  /** Milliseconds that processes left behind have between SIGTERM and SIGKILL. */
  readonly graceMs: number;
}

/** How long SIGKILL may take before the process counts as one that cannot be killed. */
const killLimitMs = 10_000;

/** Output that stays open though every process is gone is read until it was silent for so long. */
const silenceMs = 500;

type Ending = 'itself' | 'timeout' | 'cancel' | 'stop';

/**
 * One spawned program with all that comes of it. It leads its own session and group; when it ends, whatever it left
 * behind is ended too, and only then is it finished.
 */
export class Child {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  readonly #command: Command;
  readonly #tree: ProcessTree;
  readonly #exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #ending: Ending = 'itself';
  #failure: unknown;
  #gone = false;

  /** Throws program-missing, program-not-started and what `launchPlan` throws. */
  constructor(command: Command, options: ChildOptions) {
    this.#command = command;
    const mark = newMark();
    const startedAt = new Date();
    const start = performance.now();
    const process = spawnPlanned(command, { [mark.name]: mark.value }, command.stdin === undefined ? 'ignore' : 'pipe');
    this.pid = process.pid;
    this.#tree = new ProcessTree(process.pid, mark.text);
    this.#exit = new Promise((resolve) => {
      process.child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const stdout = this.#read(process.child.stdout, options, options.onStdoutLine);
    const stderr = this.#read(process.child.stderr, options, options.onStderrLine);
    giveInput(process.child, command.stdin);
    this.finished = this.#finish(stdout, stderr, options, startedAt, start);
    // Whoever waits sees the failure; a service that nobody waits for must not end Holdfast.
    this.finished.catch(() => undefined);
  }

  /** Sends `signal` to the program, waits `graceMs` for it to end, then kills the whole tree. */
  async end(why: Exclude<Ending, 'itself'>, signal: NodeJS.Signals, graceMs: number): Promise<void> {
    if (this.#gone) return;
    if (this.#ending === 'itself') this.#ending = why;
    try {
      const end = performance.now() + graceMs;
      sendSignal(this.#tree.worker(this.#command.sandbox !== undefined), signal);
      await atMost(graceMs, this.#exit);
      await this.#sweep(Math.max(0, end - performance.now()));
    } catch (thrown) {
      // The system would not list its processes: the group at least is known.
      this.#failure ??= thrown;
      sendSignal(-this.pid, 'SIGKILL');
    }
  }

  async #finish(
    stdout: Output,
    stderr: Output,
    options: ChildOptions,
    startedAt: Date,
    start: number,
  ): Promise<Finished> {
    const { code, signal } = await this.#exit;
    this.#gone = true;
    await this.#sweep(options.graceMs);
    await Promise.all([stdout.closed(), stderr.closed()]);
    if (this.#failure !== undefined) throw this.#failure;
    const stderrText = stderr.text();
    if (this.#ending === 'itself') refuseWrapperFailure(this.#command, code, stderrText);
    const timedOut = this.#ending === 'timeout';
    const cancelled = this.#ending === 'cancel';
    return {
      command: commandText(this.#command),
      exitCode: code,
      signal,
      timedOut,
      cancelled,
      stdout: stdout.text(),
      stderr: stderrText,
      dropped: stdout.dropped() + stderr.dropped(),
      startedAt,
      durationMs: performance.now() - start,
      ok: code === 0 && !timedOut && !cancelled,
    };
  }

  /** Ends what is alive of the tree: SIGTERM, `graceMs`, SIGKILL. */
  async #sweep(graceMs: number): Promise<void> {
    if (this.#tree.members().length > 0) {
      if (graceMs > 0) this.#tree.signalAll('SIGTERM');
      await this.#emptied(graceMs);
      const survivors = await this.#tree.kill(killLimitMs);
      if (survivors.length > 0) {
        const pids = survivors.join(',');
        this.#failure = new HoldfastError('program-survived', { program: this.#command.program, pids });
      }
    }
    this.#tree.forget();
  }

  async #emptied(limitMs: number): Promise<void> {
    const end = performance.now() + limitMs;
    for (let wait = 2; performance.now() < end; wait = Math.min(wait * 2, 25)) {
      if (this.#tree.members().length === 0) return;
      await delay(Math.min(wait, Math.max(0, end - performance.now())));
    }
  }

  #read(stream: Readable | null, options: ChildOptions, onLine: ((line: string) => void) | undefined): Output {
    const guarded = onLine === undefined ? undefined : (line: string) => this.#guard(() => onLine(line));
    return readOutput(stream, new Capture(options.keepBytes, options.keep), guarded);
  }

  /** A callback that throws ends the program: its caller gets the error, not the process as a whole. */
  #guard(callback: () => void): void {
    if (this.#failure !== undefined) return;
    try {
      callback();
    } catch (thrown) {
      this.#failure = thrown;
      void this.end('stop', 'SIGTERM', 0);
    }
  }
}

interface Output {
  text(): string;
  dropped(): number;
  /** Resolves at the end of the stream; one that somebody else holds open is let go once it is silent. */
  closed(): Promise<void>;
}

function readOutput(stream: Readable | null, capture: Capture, onLine: ((line: string) => void) | undefined): Output {
  const lines = onLine === undefined ? undefined : new LineSplitter(onLine);
  let lastChunk = 0;
  let open = stream !== null;
  const end = new Promise<void>((resolve) => {
    if (stream === null) return resolve();
    stream.on('data', (chunk: Buffer) => {
      lastChunk = performance.now();
      capture.write(chunk);
      lines?.write(chunk);
    });
    stream.on('error', () => stream.destroy());
    stream.once('close', () => {
      open = false;
      lines?.end();
      resolve();
    });
  });
  return {
    text: () => capture.text(),
    dropped: () => capture.dropped(),
    async closed() {
      lastChunk = performance.now();
      while (open) {
        await atMost(silenceMs / 5, end);
        if (open && performance.now() - lastChunk > silenceMs) stream?.destroy();
      }
    },
  };
}

/** Waits for `event`, but no longer than so many milliseconds. Leaves no timer behind: it would hold up the end of Holdfast. */
export async function atMost(ms: number, event: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([event, over]);
  clearTimeout(timer);
}

/** Spawns a command as it is planned, leader of a session of its own. Throws program-missing, program-not-started and what `launchPlan` throws. */
export function spawnPlanned(
  command: Command,
  mark: Readonly<Record<string, string>>,
  stdin: 'ignore' | 'pipe',
): { child: ChildProcess; pid: number } {
  const { file, args, env, cwd, identity } = launchPlan(command);
  try {
    const child = spawn(file, args, {
      cwd,
      env: { ...env, ...mark },
      detached: true,
      stdio: [stdin, 'pipe', 'pipe'],
      ...identity,
    });
    // Without a listener, an error that comes later would end Holdfast.
    child.on('error', () => undefined);
    if (child.pid !== undefined) return { child, pid: child.pid };
  } catch (cause) {
    throw notStarted(command, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw notStarted(command, `the system refused it, or the directory ${cwd} is gone`);
}

function giveInput(child: ChildProcess, text: string | undefined): void {
  if (text === undefined || child.stdin === null) return;
  // A program that does not read its input closes the pipe: that is its own affair.
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
}

/** setpriv (126, 127) and bubblewrap (1) say on standard error, under their own name, why the program never ran. */
function refuseWrapperFailure(command: Command, code: number | null, stderr: string): void {
  const line = stderr.split('\n', 1)[0] ?? '';
  const fromSetpriv = (code === 126 || code === 127) && line.startsWith('setpriv: ');
  const fromSandbox = code === 1 && command.sandbox !== undefined && line.startsWith('bwrap: ');
  if (!fromSetpriv && !fromSandbox) return;
  if (/execvp .*: No such file/.test(line)) throw new HoldfastError('program-missing', { program: command.program });
  throw notStarted(command, line);
}

function notStarted(command: Command, reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError('program-not-started', { program: command.program, reason }, { cause });
}

/** The command as a person would type it. Arguments never hold secrets. */
export function commandText(command: Command): string {
  return [command.program, ...command.args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}

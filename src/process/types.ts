/** One program to start: argument array, no shell, a chosen environment. */
export interface Command {
  /** Absolute path, or a name that is looked up on the PATH of the command's environment. */
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the minimal environment (PATH, LANG=C.UTF-8, TZ=UTC, HOME of the account). Nothing else is inherited. Secrets go here, never in `args`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Text given on standard input; without it standard input is empty. */
  readonly stdin?: string;
  /** Who runs it. Without it: the unprivileged account when Holdfast is root, else the same user. */
  readonly account?: Account;
  /** Linux capabilities an unprivileged account keeps for this one command, e.g. `dac_read_search` to back up all files. */
  readonly capabilities?: readonly Capability[];
  /** Isolation. Without it the program sees the machine as it is. */
  readonly sandbox?: Sandbox;
}

export type Capability = 'chown' | 'dac_override' | 'dac_read_search' | 'fowner';

/** A system user that children run as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** A bubblewrap sandbox: /usr and the dynamic linker read-only, a private /tmp, /proc and /dev, its own process ids. */
export interface Sandbox {
  /** No network at all unless `true`, which is for fetching from a remote store only. */
  readonly network: boolean;
  /** Directories that may be written, `host path -> path inside`. */
  readonly writable: Readonly<Record<string, string>>;
  /** Directories and files that may be read, `host path -> path inside`. */
  readonly readable: Readonly<Record<string, string>>;
}

/** How strongly a drill is kept apart from production, strongest first. */
export type Isolation = 'sandbox' | 'process';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the whole process tree is killed. Every program has a limit. */
  readonly timeoutMs: number;
  /** Milliseconds between SIGTERM and SIGKILL once it must end. Default 500. */
  readonly graceMs?: number;
  /** Each complete line of standard output, as it comes. */
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
  /** Bytes of each stream kept in the result; the rest is counted, not kept. Default 4 MiB. */
  readonly keepBytes?: number;
}

/** How a program ended. Success and failure have the same shape; the booleans say why. */
export interface Finished {
  readonly command: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Bytes that did not fit into `stdout` and `stderr` above. */
  readonly dropped: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Exit code 0, not timed out, not cancelled. */
  readonly ok: boolean;
}

/** A long-lived child: a server. It dies with Holdfast. */
export interface Service {
  readonly pid: number;
  readonly exited: Promise<Finished>;
  /** Sends `signal`, waits `graceMs`, then kills the whole tree; resolves when nothing of it is alive. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<Finished>;
}

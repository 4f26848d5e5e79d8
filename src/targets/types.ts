/** How a target is reached. */
export const targetKinds = ['local', 'ssh', 'docker', 'kubernetes'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** A place where steps run, as the site file names it. */
export interface Target {
  readonly name: string;
  readonly kind: TargetKind;
  /** Directory that each step starts in; the account's home without it. */
  readonly directory?: string;
  /** What it must prove to be. */
  readonly identity: Identity;
  /** False for a machine on which nothing needs to be kept before it is destroyed. */
  readonly live: boolean;
  readonly address:
    | { readonly kind: 'local'; readonly account?: string }
    | {
        readonly kind: 'ssh';
        /** As OpenSSH takes it: `ops@db1`, a Host of the user's configuration. */
        readonly destination: string;
        readonly port?: number;
        readonly config?: string;
        readonly identityFile?: string;
        readonly jump?: string;
        readonly knownHosts?: string;
      }
    | { readonly kind: 'docker'; readonly container: string; readonly program: 'docker' | 'podman' }
    | {
        readonly kind: 'kubernetes';
        readonly context?: string;
        readonly namespace?: string;
        readonly pod: string;
        readonly container?: string;
      };
}

/** Facts by which a target is known. Only those that are given are compared. */
export interface Identity {
  readonly 'machine-id'?: string;
  readonly 'host-name'?: string;
  /** `kubectl config current-context`. */
  readonly context?: string;
  /** uid of the namespace kube-system. */
  readonly cluster?: string;
  /** Id of the container, or its beginning. */
  readonly container?: string;
  /** PostgreSQL's system identifier. */
  readonly 'database-system'?: string;
}

/** One command for a target. */
export interface TargetCommand {
  /** `<run>/<step>`, with `#2` for a second attempt: names the marker. The same name is never started twice. */
  readonly marker: string;
  readonly script: string;
  /** `sh` runs it with bash where there is one, else sh; `bash` insists. */
  readonly interpreter: 'sh' | 'bash';
  /** Values for it; may be secret: they travel on standard input and are in no argument list. */
  readonly env: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** An earlier life of Holdfast may have begun it. */
  readonly again?: boolean;
  /** Milliseconds until its whole tree is killed there. */
  readonly timeoutMs: number;
}

export interface OutputListener {
  /** Raw bytes as they come; `offset` counts the bytes of that stream from the command's beginning. A re-attached command begins at 0 again unless `from` was given. */
  onStdout(chunk: Buffer, offset: number): void;
  onStderr(chunk: Buffer, offset: number): void;
}

/** How a command on a target ended. One shape for all. */
export interface TargetResult {
  readonly outcome:
    | 'exited'
    /** It never began, and never can under this marker. */
    | 'never-started'
    | 'timed-out'
    | 'cancelled'
    /** Neither an exit status nor a process: the target was restarted, or somebody killed it. A person decides. */
    | 'unknown'
    /** The target does not answer any more; what became of the command is not known yet: probe it. */
    | 'link-lost';
  readonly exitCode?: number;
  /** By which signal, when it was killed there by somebody else. */
  readonly signal?: string;
  /** Of the target's clock when it says so, else of ours: ISO. */
  readonly startedAt?: string;
  readonly durationMs: number;
  /** True when the command was found running or finished from an earlier life of Holdfast. */
  readonly attached: boolean;
  /** After a kill: processes of its tree that are still alive there. Empty is the proof. */
  readonly survivors: readonly number[];
  /** Bytes of each stream that were delivered, from its beginning. */
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Not all of its output could be kept on the target, as on a full disk. It ran on all the same. */
  readonly outputCut?: true;
}

/** What is found under a marker. */
export type Probe =
  | { readonly state: 'never-started' }
  | { readonly state: 'running'; readonly pid: number }
  | { readonly state: 'finished'; readonly exitCode: number }
  | { readonly state: 'unknown'; readonly why: string };

/** A connection with its one helper shell, for the length of a run. Commands of one session run one after the other. */
export interface Session {
  readonly target: Target;
  /** What the target says it is. */
  identify(): Promise<Identity>;
  /**
   * Runs a command, or attaches to the one that an earlier life of Holdfast started under this marker, or tells how that one
   * ended. Resolves for every outcome; rejects only with HoldfastError for what is no outcome of the command.
   */
  perform(command: TargetCommand, listener: OutputListener, signal: AbortSignal): Promise<TargetResult>;
  /** Looks without starting anything; a marker that had not begun never will. */
  probe(marker: string): Promise<Probe>;
  /** Kills what runs under a marker, with everything that came of it; returns who is still alive. */
  kill(marker: string): Promise<readonly number[]>;
  /** Removes the markers of a run from the target. */
  forget(run: string): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly signal: AbortSignal;
  /** Milliseconds; default 15 s. */
  readonly timeoutMs?: number;
  readonly report?: (message: string) => void;
}

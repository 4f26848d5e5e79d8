import type { Account, Sandbox } from '../types.ts';

/** Where a PostgreSQL server listens, as a client on this side of any sandbox reaches it. */
export interface ServerAddress {
  /** Host name, or the directory of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
}

/** A cluster to make with initdb. */
export interface ClusterSpec {
  /** Directory of the server's own programs, as `/usr/lib/postgresql/15/bin`. Not Debian's wrappers. */
  readonly bin: string;
  /** Data directory; made when it is not there, refused when it is not empty. */
  readonly data: string;
  readonly superuser: string;
  /** Who owns the cluster and runs the server: PostgreSQL refuses root. Without it: this user. */
  readonly account?: Account;
  /** Default `UTF8`. */
  readonly encoding?: string;
  /** Default `C`: it is on every system and sorts the same everywhere. */
  readonly locale?: string;
  /** Page checksums. Default true. */
  readonly checksums?: boolean;
  /** `trust` is for a socket directory that nobody else can enter; a password goes through a file, never by argument. */
  readonly auth: 'trust' | { readonly password: string };
  /** False for a cluster that is thrown away: initdb then does not wait for the disk. Default true. */
  readonly sync?: boolean;
  /** Added to the minimal environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server to start on a cluster. In a sandbox, `bin`, `data` and `socketDirectory` are paths as seen inside it. */
export interface ServerSpec {
  readonly bin: string;
  readonly data: string;
  /** Directory of the unix socket: short, made when it is not there, entered by nobody else. */
  readonly socketDirectory: string;
  readonly port: number;
  /** `listen_addresses`; default none: unix socket only. */
  readonly listen?: string;
  /** Server settings, `name -> value`; given as arguments, so no secrets. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly superuser: string;
  readonly password?: string;
  readonly account?: Account;
  readonly sandbox?: Sandbox;
  /** Where the server's own log goes on this side; default `server.log` beside `data`. */
  readonly log?: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * `with-holdfast`: it goes when Holdfast goes, as far as the system allows it. `detached`: it lives on, to be attached to by
   * the next process; never in a sandbox.
   */
  readonly lifetime: 'with-holdfast' | 'detached';
}

/** PostgreSQL's own words: `smart` waits for clients, `fast` ends them, `immediate` is a crash that recovers at next start. */
export type StopMode = 'smart' | 'fast' | 'immediate';

/** A server that accepts connections. */
export interface PostgresServer {
  readonly connection: ServerAddress;
  /** The postmaster, or the sandbox that holds it. */
  readonly pid: number;
  /** Milliseconds from start until it accepted connections; includes crash recovery. */
  readonly startMs: number;
  /** Last lines of the server's log. */
  logTail(): Promise<readonly string[]>;
  /** Resolves when nothing of it is alive. After `timeoutMs` a gentle stop becomes `immediate`, then SIGKILL. */
  stop(mode: StopMode, timeoutMs?: number): Promise<void>;
}

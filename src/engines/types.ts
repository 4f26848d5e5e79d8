import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../process/types.ts';

/**
 * Two families make a recovery point. A **source engine** (pg-dump) turns a live asset into files and files into a live
 * asset. A **store engine** (restic) keeps files as snapshots and gives them back. Neither knows the other: `protection`,
 * `drills` and `recovery` join them. Files need no source engine; a store engine takes their paths as they are.
 */
export interface EngineFacts {
  readonly name: string;
  readonly title: string;
  readonly family: 'source' | 'store';
  /** Asset kinds it backs up by itself (source engines) or takes without a source engine (store engines). */
  readonly assets: readonly AssetKind[];
  /** Programs it drives, as `process/programs.ts` names them. */
  readonly programs: readonly string[];
  readonly can: {
    /** Restore with several processes at once. */
    readonly parallelRestore: boolean;
    /** Restore to a chosen moment between recovery points. */
    readonly pointInTime: boolean;
    /** Find a changed byte in what it keeps, without a restore. */
    readonly verifyContent: boolean;
    /** Say what an expiry would remove without removing it. */
    readonly expireDryRun: boolean;
  };
  /** What a user must know; printed in the docs table. */
  readonly caveats: readonly string[];
}

export type AssetKind = 'postgres' | 'files';

/** What every engine call is given besides its own arguments. */
export interface Bench {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** How far the work is. Bound to the step by the caller. */
  readonly progress: (progress: EngineProgress) => void;
  /** Lines a person should see: warnings of the program driven. Already redacted. */
  readonly warn: (message: string) => void;
  /** An earlier life of Holdfast was let in to do this, and may have begun it. */
  readonly again?: boolean;
  /** False where its gate was closed since: what was begun may be looked at, and nothing may begin. */
  readonly mayBegin?: boolean;
}

export interface EngineProgress {
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'files' | 'rows' | 'tables' | 'checks';
  readonly note?: string;
}

/** A snapshot in a store, as the store's own listing tells it. */
export interface Snapshot {
  readonly id: string;
  readonly time: Date;
  /** `key=value` pairs that Holdfast wrote with it: point, asset, part. */
  readonly tags: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  /** For a copy: the id of the snapshot it was copied from. */
  readonly original?: string;
}

export interface KeepRequest {
  /** Absolute paths to keep. The snapshot holds them relative to `base` when it is given, else as absolute paths. */
  readonly paths: readonly string[];
  readonly base?: string;
  readonly exclude?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly time: Date;
}

export interface Kept {
  readonly snapshot: string;
  readonly files: number;
  /** Bytes read from the source. */
  readonly bytes: number;
  /** Bytes added to the store, after deduplication and compression. */
  readonly added: number;
  readonly durationMs: number;
}

export interface Fetched {
  readonly files: number;
  readonly bytes: number;
  readonly durationMs: number;
}

export interface FetchOptions {
  /** In a sandbox that sees the store read-only, where the store's kind allows it; a drill fetches so. Default false. */
  readonly isolated?: boolean;
  /** Gives the files back to their owners; only root can. Default false: they belong to the account that children run as. */
  readonly ownership?: boolean;
}

export interface StoreVerification {
  readonly sound: boolean;
  /** What the engine complained of, line by line, redacted. */
  readonly problems: readonly string[];
  readonly readData: boolean;
  readonly durationMs: number;
}

export interface KeepPolicy {
  readonly last?: number;
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
}

export interface Expiry {
  readonly keep: readonly { readonly snapshot: string; readonly reasons: readonly string[] }[];
  readonly remove: readonly { readonly snapshot: string }[];
  readonly dryRun: boolean;
}

/** One configured store, opened: where recovery points lie. Errors are HoldfastErrors with a code of their own for each cause. */
export interface Store {
  readonly name: string;
  readonly facts: EngineFacts;
  /** Where it lies, without secrets: for records and messages. */
  readonly location: string;
  /**
   * Makes the repository when there is none. `like` is a store of the same engine that copies will come from: the new one cuts
   * content the same way, so that what both hold is stored once.
   */
  prepare(bench: Bench, like?: Store): Promise<{ readonly created: boolean }>;
  keep(request: KeepRequest, bench: Bench): Promise<Kept>;
  list(filter: Readonly<Record<string, string>>, bench: Bench): Promise<readonly Snapshot[]>;
  /** Restores a snapshot into an empty directory; refuses one that is not empty. */
  fetch(snapshot: string, into: string, bench: Bench, options?: FetchOptions): Promise<Fetched>;
  verify(options: { readonly readData: boolean }, bench: Bench): Promise<StoreVerification>;
  expire(
    policy: KeepPolicy,
    options: { readonly dryRun: boolean; readonly filter: Readonly<Record<string, string>> },
    bench: Bench,
  ): Promise<Expiry>;
  /** Copies snapshots of another store of the same engine; what is already here is skipped. Returns ids here by ids there. */
  copyFrom(from: Store, snapshots: readonly string[], bench: Bench): Promise<Readonly<Record<string, string>>>;
}

/** How a program reaches a PostgreSQL server. The password goes to children by environment, never by argument. */
export interface PostgresConnection {
  /** Host name, or the directory of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  /** Absent: TLS where the programs choose it, never demanded. */
  readonly tls?: {
    readonly mode: 'require' | 'verify-ca' | 'verify-full';
    /** File of the certificate authorities that are trusted; needed to verify. */
    readonly rootCertificate?: string;
  };
}

export interface Captured {
  /** Files written, by path within the directory that was given, hashed as they were written. */
  readonly artifacts: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  readonly bytes: number;
  /** What the program said on standard error that was no error, redacted. */
  readonly warnings: readonly string[];
  readonly durationMs: number;
}

export interface RestoreTarget {
  /** A superuser's connection to a server that has no database of that name. `database` is the maintenance database. */
  readonly connection: PostgresConnection;
  /** Name of the database to make. */
  readonly database: string;
  /** Processes that may load at once. */
  readonly jobs: number;
  /** Programs of the server's major version. */
  readonly bin: string;
  /** The drill's sandbox, when the server lives in one: the loader runs in it too. */
  readonly sandbox?: Sandbox;
}

/** Turns a live PostgreSQL database into files, and files into a database. */
export interface PostgresSource {
  readonly facts: EngineFacts;
  /** `snapshot` is an exported snapshot, so that the dump and the facts recorded with it see the same rows. */
  capture(
    from: {
      readonly connection: PostgresConnection;
      readonly bin: string;
      readonly snapshot: string;
      readonly jobs: number;
    },
    into: string,
    bench: Bench,
  ): Promise<Captured>;
  /** Every error of the loader counts: a restore with one ignored error is a failed restore. Refuses a database that exists. */
  restore(
    from: string,
    target: RestoreTarget,
    bench: Bench,
  ): Promise<{ readonly warnings: readonly string[]; readonly durationMs: number }>;
}

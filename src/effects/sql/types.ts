import type { Label, Place } from '../types.ts';

export type SqlDialect = 'postgres' | 'mysql';

/** Options of a judgement: without a dialect PostgreSQL's grammar is asked first, then the words of MySQL and SQLite. */
export interface SqlOptions {
  readonly dialect?: SqlDialect;
}

/** One statement, or one command of psql or another client, with what it does. Offsets are UTF-16, the end exclusive. */
export interface JudgedStatement {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly effects: readonly Label[];
  /** Where its effect falls: `database`, `host` (a file of the server) or `here` (the client). */
  readonly place: Place;
  /** Why, in one line. */
  readonly why: string;
}

/** A shell command that SQL or its client starts: `COPY ... TO PROGRAM` on the server's host, `\!` here. */
export interface NestedCommand {
  /** The command itself, quotes undone. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

export interface SqlFinding {
  /** Permanent: `sql-does-not-parse`, `sql-dangerous-if-mended`, `delete-without-where`, ... */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What a text of SQL, of Redis commands or of the MongoDB shell does. The effects of `commands` are NOT in `effects`: whoever
 * asks has the shell's knowledge and adds them.
 */
export interface SqlJudgement {
  readonly effects: readonly Label[];
  readonly statements: readonly JudgedStatement[];
  readonly findings: readonly SqlFinding[];
  readonly commands: readonly NestedCommand[];
}

/** What one statement was found to do, before it is placed in the text. */
export interface Verdict {
  readonly effects: readonly Label[];
  readonly why: string;
  readonly place?: Place;
  readonly findings?: readonly { readonly code: string; readonly message: string }[];
  readonly commands?: readonly { readonly text: string; readonly place: Place }[];
}

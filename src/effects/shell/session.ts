import type { ParsedScript, Statement } from 'unbash';
import type { Payload } from '../knowledge/types.ts';
import type { Finding, JudgedCommand, Label, Place } from '../types.ts';
import type { Arg } from './arg.ts';
import type { Parsed } from './options.ts';
import type { Verdict } from './verdict.ts';

/** Text of a file that a command names, when it is at hand. */
export type Resolve = (name: string) => string | undefined;

/** The judges of what databases are told: SQL, Redis commands, the MongoDB shell. */
export type DataJudges = Readonly<
  Record<'sql' | 'redis' | 'mongo', (text: string, dialect: SqlDialect | undefined) => DataJudgement>
>;

/** What a text for a database does; offsets are within it. Effects of `commands` are not in `effects`. */
export interface DataJudgement {
  readonly effects: readonly Label[];
  readonly statements: readonly {
    readonly start: number;
    readonly end: number;
    readonly effects: readonly Label[];
    readonly place: Place;
    readonly why: string;
  }[];
  readonly findings: readonly {
    readonly code: string;
    readonly message: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly commands: readonly {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly place: Place;
  }[];
}

export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'other';

/** A text that is being walked and the way from it to the text that was given. */
export interface Source {
  readonly text: string;
  readonly toRoot: (offset: number) => number;
}

/** What holds where a command stands. Variables are changed as the text goes on. */
export interface Scope {
  readonly source: Source;
  readonly place: Place;
  readonly variables: Map<string, string | undefined>;
  /** How many shells, functions and payloads are around it. */
  readonly depth: number;
  /** In a loop or behind a condition: what is assigned here may or may not hold afterwards. */
  readonly perhaps: boolean;
}

/** What a command reads from standard input. */
export interface Input {
  /** Its text, when that is plain to see. */
  readonly text?: Arg;
  /** It comes from the network. */
  readonly network?: boolean;
  /** Words of the commands before it in the pipe. */
  readonly words?: readonly string[];
  /** How many commands were judged before the pipe began. */
  readonly since?: number;
  /** A file that is redirected into it. */
  readonly file?: Arg;
}

/** One call of a tool. */
export interface Call {
  readonly name: string;
  /** Words after the name. */
  readonly args: readonly Arg[];
  readonly parsed: Parsed;
  readonly input: Input | undefined;
  readonly scope: Scope;
  /** The word that named the tool. */
  readonly word: Arg;
}

/** What the parts of the engine ask of each other. */
export interface Judge {
  /** Judges words as a command, adding to the verdict. */
  readonly words: (args: readonly Arg[], scope: Scope, input: Input | undefined, verdict: Verdict) => void;
  /** Judges text in a language; its commands are listed on their own. Returns the bits of all. */
  readonly payload: (
    text: Arg,
    as: Payload,
    scope: Scope,
    verdict: Verdict,
    more?: { readonly dialect?: SqlDialect; readonly place?: Place; readonly input?: Input | undefined },
  ) => void;
  readonly script: (script: ParsedScript, scope: Scope) => number;
  readonly finding: (code: string, message: string, at: Arg, scope: Scope) => void;
}

/** All that is gathered while one text is judged. */
export interface Session {
  readonly judge: Judge;
  readonly commands: Omit<JudgedCommand, 'span'>[];
  readonly spans: { start: number; end: number }[];
  readonly findings: (Omit<Finding, 'span'> & { start: number; end: number })[];
  readonly functions: Map<string, { readonly body: FunctionBody; readonly source: Source }>;
  readonly aliases: Map<string, Arg>;
  readonly active: Set<string>;
  readonly judgedFunctions: Map<string, Verdict>;
  /** Workloads scaled to zero so far, `deployment/web`. */
  readonly stopped: Set<string>;
  readonly facts: Set<string>;
  readonly resolve: Resolve | undefined;
  readonly data: DataJudges;
  /** Commands judged so far in bodies and payloads that are not the text itself. */
  work: number;
  /** Heredocs so far without a closing line. */
  unclosed: number;
}

export type FunctionBody = { readonly commands: readonly Statement[] };

/** Beyond so many shells in shells nothing is judged any more: unknown. */
export const deepest = 24;

/** Beyond so many commands in function bodies and payloads nothing is judged any more: unknown. */
export const mostWork = 200_000;

/**
 * What a command may do to the world: a set, not a scale. `none` and `not-shell` stand alone. `unknown` is never harmless: a
 * pipeline with one unknown command is unknown plus whatever else is in it.
 */
export const labels = [
  'none',
  'read',
  'secret',
  'write',
  'destroy',
  'remote-delete',
  'privilege',
  'egress',
  'disrupt',
  'unknown',
  'not-shell',
] as const;

export type Label = (typeof labels)[number];

/** Where a command runs, seen from whoever types it. */
export type Place = 'here' | 'host' | 'container' | 'pod' | 'database';

/** A piece of the text that was given: UTF-16 offsets, end exclusive; line and column count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** One command, or one SQL statement, with what it does. */
export interface JudgedCommand {
  /** As it stands in the text. */
  readonly text: string;
  readonly effects: readonly Label[];
  readonly place: Place;
  readonly span: Span;
  /** Why, in one line: the rule that decided. */
  readonly why: string;
}

export interface Finding {
  /** Permanent: `dynamic-delete-target`, `remote-glob`, `credential-in-arguments`, `unknown-subcommand`, ... */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

/** The judgement of a text: the union over its commands. */
export interface Effects {
  readonly effects: readonly Label[];
  readonly commands: readonly JudgedCommand[];
  readonly findings: readonly Finding[];
}

export const languages = [
  'sh',
  'sql',
  'markdown',
  'kubernetes',
  'dockerfile',
  'compose',
  'crontab',
  'systemd',
  'workflow',
  'prose',
] as const;

export type Language = (typeof languages)[number];

/** A piece of code found in a document, still where it stands: its text may have been decoded or cut, the map leads back. */
export interface Snippet {
  readonly language: Language;
  readonly text: string;
  /** Offset in the document for each offset in `text`, and for its end. Identity when absent. */
  readonly offsets?: Uint32Array;
  /** Offset in the document where `text` begins, when `offsets` is absent. */
  readonly start: number;
  /** Where it would run. */
  readonly place: Place;
  /** The name of the file that it is in the document: `restore.sh`. A command that calls it can be followed. */
  readonly name?: string;
  /** Effects that come from what holds it, whatever the code does: a CronJob is created, a unit is started. */
  readonly around?: { readonly effects: readonly Label[]; readonly why: string };
}

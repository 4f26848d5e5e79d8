import type { Finding, Label, Place } from '../effects/types.ts';
import type { Sentence } from './words/index.ts';

/** What a block of code is for, in the document that it stands in. Each block has exactly one use. */
export const blockUses = [
  'step',
  'alternative',
  'template',
  'configuration',
  'example',
  'transcript',
  'prompt',
  'not-understood',
] as const;
export type BlockUse = (typeof blockUses)[number];

/** A fence, an indented block, a `<pre>`: line numbers count from 1 in the source and include the fence's own lines. */
export interface Block {
  /** Unique in the document and stable while the block itself is not edited: `block-3`. */
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  /** As written after the fence, lower case; empty where there is none. */
  readonly language: string;
  readonly use: BlockUse;
  /** Why it was taken so, in one line for a person. */
  readonly why: string;
  /** The same, to be said in any language. */
  readonly said: Sentence;
  /** Decoded (HTML entities) and without the indentation of what holds it. */
  readonly text: string;
  /** The heading that it stands under. */
  readonly section: string;
  /** Steps that were made of it. */
  readonly steps: readonly string[];
  readonly effects: readonly Label[];
}

export const stepKinds = ['command', 'manual', 'question', 'decision', 'checklist-item'] as const;
export type StepKind = (typeof stepKinds)[number];

/** How a step's output is judged; all that is given must hold. */
export interface Expectation {
  readonly exit?: number;
  readonly text?: string;
  /** JavaScript syntax, matched with the `u` and `m` flags against standard output. */
  readonly regex?: string;
  /** `$.status == "ok"`-like: a JSON path (RFC 9535, singular) with the value that must be there. */
  readonly json?: { readonly path: string; readonly equals: unknown };
  /** The first number of the output must lie in it, ends included. */
  readonly range?: { readonly min?: number; readonly max?: number };
}

/** What an author may say of a step: front matter, fence attributes, HTML comments. All optional. */
export interface Annotations {
  readonly id?: string;
  readonly target?: string;
  readonly expect?: Expectation;
  /** Names a parameter that takes the output: all of it, trimmed, or the first group of `regex`. */
  readonly capture?: { readonly name: string; readonly regex?: string };
  /** Milliseconds. */
  readonly timeout?: number;
  readonly retry?: { readonly times: number; readonly delayMs: number };
  /** The step is done only when this parameter has this value: `TIER == cold`. */
  readonly when?: string;
  /** A command that takes the step back; a reference to another step's id begins with `#`. */
  readonly rollback?: string;
  /** Approvals that the author asks for beyond the site's policy. */
  readonly approve?: { readonly need: number; readonly roles: readonly string[] };
}

export interface Step {
  /** Given by its author, or `s3`, counted in the order of the document. */
  readonly id: string;
  /** Line of its first character, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly kind: StepKind;
  /** What a person reads: the item, the comment or the sentence before the command. */
  readonly title: string;
  /** The command as it stands in the source (decoded); for a manual step, its text. */
  readonly text: string;
  /** Path of headings down to it. */
  readonly section: readonly string[];
  /** Language of a command: `sh`, `sql`. */
  readonly language?: 'sh' | 'sql';
  readonly effects: readonly Label[];
  readonly places: readonly Place[];
  /** Where its author says it runs, when that can be told; a target's name is only in `annotations`. */
  readonly target?: string;
  readonly block?: string;
  /**
   * What the document says it is for the step before it. A rollback is not done in its turn: only when a person asks to take back what
   * `of` names.
   */
  readonly role?: 'verification' | 'rollback';
  /** The step that it verifies or takes back, where one stands before it. */
  readonly of?: string;
  /** The choice it belongs to: the id of one of `Alternatives.choices`. Steps of an alternative that was not chosen are not done. */
  readonly alternative?: string;
  /** Names of the parameters that occur in it. */
  readonly parameters: readonly string[];
  readonly annotations: Annotations;
  readonly findings: readonly Finding[];
  /** sha256 of text, language and annotations: an edit of the step changes it. */
  readonly hash: string;
}

export const parameterForms = ['angle', 'entity', 'mustache', 'brace', 'shell', 'placeholder', 'front-matter'] as const;

export interface Parameter {
  readonly name: string;
  /** How it is written: `<x>`, `&lt;x&gt;`, `{{x}}`, `{x}`, `$X` or `${X}`, or a word such as SUSPICIOUS_IP, `%HOST%`, `[HOST]`. */
  readonly forms: readonly (typeof parameterForms)[number][];
  readonly lines: readonly number[];
  /** Set by the document itself before its first use: an assignment, a capture, front matter. */
  readonly source: 'document' | 'captured' | 'default' | 'unresolved';
  readonly default?: string;
  /** What the document says of it: in its front matter, a table of variables, or a sentence. */
  readonly description?: string;
  /** Steps that use it. */
  readonly steps: readonly string[];
}

export const tableKinds = [
  'severity',
  'escalation',
  'roles',
  'contacts',
  'objectives',
  'retention',
  'traps',
  'tiers',
  'history',
  'document-information',
  'incident-types',
  'actions',
  'timeline',
  'surfaces',
  'other',
] as const;
export type TableKind = (typeof tableKinds)[number];

/** A table of the source: written in pipes, in HTML, drawn with lines, or flattened to tabs or text by an export. */
export interface Table {
  readonly line: number;
  readonly endLine: number;
  readonly kind: TableKind;
  readonly section: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** In which template or block it stands, when it does. */
  readonly block?: string;
}

export interface Checklist {
  readonly line: number;
  readonly title: string;
  /** `daily`, `weekly`, ... when the headings say so. */
  readonly every?: 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly items: readonly {
    readonly line: number;
    readonly text: string;
    readonly done: boolean;
    readonly step?: string;
  }[];
  /** In which template it stands, when it does. */
  readonly block?: string;
}

/** Ways of which one is chosen: scenarios, options, "or". */
export interface Alternatives {
  readonly id: string;
  readonly line: number;
  /** What they are ways of: the heading above them. */
  readonly question: string;
  readonly choices: readonly {
    readonly id: string;
    readonly line: number;
    readonly title: string;
    readonly steps: readonly string[];
  }[];
}

/** Text for an AI assistant to follow. Never run, never obeyed: shown. */
export interface Prompt {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly block?: string;
}

export interface NotUnderstood {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  /** In English. */
  readonly why: string;
  /** The same, to be said in any language. */
  readonly said: Sentence;
}

/** A severity level as a document states it; times in milliseconds. */
export interface SeverityLevel {
  readonly name: string;
  readonly line: number;
  readonly responseMs?: number;
  readonly recoveryMs?: number;
}

export interface ProcedureFinding {
  /** Permanent: `no-verify-after-destroy`, `undefined-variable`, ... */
  readonly code: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly line: number;
  readonly step?: string;
  /** In English. */
  readonly message: string;
  /** The same, to be said in any language. */
  readonly said: Sentence;
}

/** A runbook, read. Every fence, checkbox and table of the source is in exactly one of its lists. */
export interface Procedure {
  readonly title: string;
  readonly description?: string;
  /** Front matter, as written; values are text. */
  readonly meta: Readonly<Record<string, string>>;
  /** sha256 of the source's bytes. */
  readonly sha256: string;
  readonly steps: readonly Step[];
  readonly blocks: readonly Block[];
  readonly parameters: readonly Parameter[];
  readonly tables: readonly Table[];
  readonly checklists: readonly Checklist[];
  readonly alternatives: readonly Alternatives[];
  readonly prompts: readonly Prompt[];
  readonly severities: readonly SeverityLevel[];
  readonly notUnderstood: readonly NotUnderstood[];
  readonly findings: readonly ProcedureFinding[];
}

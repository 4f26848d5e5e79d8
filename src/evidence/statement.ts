import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import { Outcome } from './model.ts';
import { ProcedureOutcome } from './procedure-model.ts';

/** A file that belongs to the evidence, named in the statement by its hash. */
export const AttachmentRecord = z.object({
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  digest: z.object({ sha256: z.string() }),
});
export type AttachmentRecord = z.infer<typeof AttachmentRecord>;

/** Whatever evidence is signed of: a drill or recovery, or a run of a runbook. */
export type AnyOutcome = Outcome | ProcedureOutcome;

const frame = {
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
};

/** An in-toto Statement v1: which recovery points, or which runbook and outputs, it is about, and what was found. */
export const Statement = z.discriminatedUnion('predicateType', [
  z.object({
    ...frame,
    predicateType: z.literal('urn:holdfast:outcome:v1'),
    predicate: z.object({ outcome: Outcome, attachments: z.array(AttachmentRecord) }),
  }),
  z.object({
    ...frame,
    predicateType: z.literal('urn:holdfast:procedure:v1'),
    predicate: z.object({ outcome: ProcedureOutcome, attachments: z.array(AttachmentRecord) }),
  }),
]);
export type Statement = z.infer<typeof Statement>;

/** Media type of a statement in a DSSE envelope. */
export const statementType = 'application/vnd.in-toto+json';

/**
 * The statement about an outcome. Its subjects are the recovery points, by the hash of the facts recorded at backup time; or
 * the runbook and every output, by the hash of their text.
 */
export function makeStatement(outcome: AnyOutcome, attachments: readonly AttachmentRecord[]): Statement {
  const _type = 'https://in-toto.io/Statement/v1';
  if (isProcedure(outcome)) {
    const signed = ProcedureOutcome.parse(wellFormed(outcome));
    return {
      _type,
      subject: procedureSubjects(signed),
      predicateType: 'urn:holdfast:procedure:v1',
      predicate: { outcome: signed, attachments: [...attachments] },
    };
  }
  return {
    _type,
    subject: outcome.assets
      .filter(({ recoveryPoint }) => recoveryPoint.factsSha256 !== '')
      .map(({ recoveryPoint }) => ({ name: recoveryPoint.id, digest: { sha256: recoveryPoint.factsSha256 } })),
    predicateType: 'urn:holdfast:outcome:v1',
    predicate: { outcome: Outcome.parse(outcome), attachments: [...attachments] },
  };
}

export function isProcedure(outcome: AnyOutcome): outcome is ProcedureOutcome {
  return 'format' in outcome;
}

/** Outputs are kept compressed; the hash is of the text, so its name is that of the text. */
function procedureSubjects({ runbook, steps }: ProcedureOutcome): Statement['subject'] {
  const named = new Map([[runbook.path, runbook.sha256]]);
  for (const { targets, undone } of steps) {
    for (const { stdout, stderr } of [...targets, ...(undone?.targets ?? [])]) {
      for (const output of [stdout, stderr]) {
        if (output !== undefined) named.set(output.file.replace(/\.gz$/, ''), output.sha256);
      }
    }
  }
  return [...named].map(([name, hash]) => ({ name, digest: { sha256: hash } }));
}

/** The last lines of an output may begin or end within a character, which canonical JSON has no text for. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toWellFormed(), wellFormed(member)]));
}

/**
 * A short hash of each field of a statement, by its path. It stands in the audit leaf, so that a verifier can say which field
 * of a changed payload is not what was signed. Parts with very many fields are hashed as one.
 */
export function fieldDigests(statement: unknown): Record<string, string> {
  let depth = 6;
  let fields = [...fieldsOf(statement, '', depth)];
  while (fields.length > maximumFields && depth > 2) {
    depth -= 1;
    fields = [...fieldsOf(statement, '', depth)];
  }
  return Object.fromEntries(fields.map(([path, value]) => [path, sha256(canonicalJson(value)).slice(0, 16)]));
}

/** A leaf has room for some hundreds of them. */
const maximumFields = 300;

function* fieldsOf(value: unknown, path: string, depth: number): Generator<readonly [string, unknown]> {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (depth === 0 || members.length === 0 || members.length > maximumFields) {
    yield [path, value];
    return;
  }
  for (const [name, member] of members) yield* fieldsOf(member, path === '' ? name : `${path}/${name}`, depth - 1);
}

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { readIfThere } from '../audit/files.ts';
import type { SigningKey } from '../audit/note.ts';
import type { AuditLog, Leaf } from '../audit/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { sha256 } from '../lib/hash.ts';
import { type Bundle, formatBundle, makeAttachment, recordOf, Unproven } from './bundle-format.ts';
import { signEnvelope } from './dsse.ts';
import { type AnyOutcome, fieldDigests, isProcedure, makeStatement, Statement, statementType } from './statement.ts';
import { verifyEvidence } from './verify-bundle.ts';

export interface EvidenceOptions {
  readonly outcome: AnyOutcome;
  readonly key: SigningKey;
  readonly audit: AuditLog;
  readonly directory: string;
  /** File name without `.dsse`. */
  readonly name: string;
  /** What belongs to it, redacted: outputs of steps. Their hashes are signed with the outcome. */
  readonly attachments?: readonly {
    readonly name: string;
    readonly mediaType: string;
    readonly content: string | Uint8Array;
  }[];
}

export interface WrittenEvidence {
  readonly path: string;
  /** Of the whole file. */
  readonly sha256: string;
  /** Index of its leaf in the audit log. */
  readonly leaf: number;
  /** Name of the key that signed: who it is, for a person. */
  readonly keyId: string;
  /** Size and base64 root of the tree whose checkpoint the file carries. */
  readonly treeSize: number;
  readonly root: string;
}

/**
 * Signs an outcome, records its hash as a leaf, and writes one file that verifies by itself. What a run has signed first
 * stays: when it is done again after a crash, the same file results. Throws `evidence-differs` when that cannot be.
 */
export async function writeEvidence(options: EvidenceOptions): Promise<WrittenEvidence> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const path = await choosePath(options);
  const before = await readIfThere(path);
  if (before !== undefined) return describe(path, before, options.key);
  // Signed and kept before the leaf, so that a crash after the leaf does not lose what the leaf speaks of.
  const unproven = await signOnce(options, `${path}.unproven`);
  const { run } = options.outcome;
  const leaf = evidenceLeaf(unproven);
  const index = await options.audit.append(leaf, { key: `evidence:${run}` });
  await options.audit.publish();
  const { entry, hashes, checkpoint } = await options.audit.prove(index);
  if (entry !== canonicalJson(leaf)) throw new HoldfastError('evidence-differs', { run, leaf: index });
  const bundle: Bundle = { ...unproven, proof: { index, entry, hashes: [...hashes] }, checkpoint };
  const bytes = formatBundle(bundle);
  await writeFileAtomic(path, bytes, 0o644);
  await rm(`${path}.unproven`, { force: true });
  return describe(path, bytes, options.key);
}

/** A name that another run has taken gets the run's id behind it. */
async function choosePath({ directory, name, outcome }: EvidenceOptions): Promise<string> {
  const plain = join(directory, `${name}.dsse`);
  const there = await readIfThere(plain);
  if (there === undefined || verifyEvidence(there).outcome.run === outcome.run) return plain;
  return join(directory, `${name}-${outcome.run.replaceAll('/', '-')}.dsse`);
}

async function signOnce(options: EvidenceOptions, path: string): Promise<Unproven> {
  const kept = await readIfThere(path);
  if (kept !== undefined) {
    const unproven = Unproven.parse(JSON.parse(kept.toString('utf8')));
    if (statementOf(unproven).predicate.outcome.run === options.outcome.run) return unproven;
  }
  const attachments = (options.attachments ?? []).map(({ name, mediaType, content }) =>
    makeAttachment(name, mediaType, content),
  );
  const statement = makeStatement(options.outcome, attachments.map(recordOf));
  const envelope = signEnvelope(statementType, Buffer.from(canonicalJson(statement)), options.key);
  const { verifier } = options.key.publicKey;
  const unproven: Unproven = { format: 'holdfast-evidence-v1', envelope, publicKey: verifier, attachments };
  await writeFileAtomic(path, formatBundle(unproven));
  return unproven;
}

/** The leaf that stands for an evidence file. Everything in it follows from what was signed, so that a replay makes the same leaf. */
function evidenceLeaf(unproven: Unproven): Leaf {
  const statement = statementOf(unproven);
  const { outcome } = statement.predicate;
  const { run, actor, finishedAt, site } = outcome;
  return {
    kind: 'evidence',
    time: finishedAt,
    actor,
    run,
    facts: {
      site,
      ...(isProcedure(outcome)
        ? { about: 'procedure', ending: outcome.ending, runbook: outcome.runbook.sha256, mode: outcome.mode }
        : { about: outcome.kind, verdict: outcome.verdict }),
      key: unproven.publicKey,
      payloadSha256: sha256(Buffer.from(unproven.envelope.payload, 'base64')),
      fields: fieldDigests(statement),
    },
  };
}

function statementOf({ envelope }: Unproven): Statement {
  return Statement.parse(JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')));
}

/** Nothing is called written that does not verify. */
function describe(path: string, bytes: Buffer, key: SigningKey): WrittenEvidence {
  const verified = verifyEvidence(bytes, { trustedKey: key.publicKey });
  const checkpoint = readCheckpoint(verified.checkpoint);
  return {
    path,
    sha256: sha256(bytes),
    leaf: verified.leaf,
    keyId: key.publicKey.name,
    treeSize: checkpoint?.size ?? 0,
    root: checkpoint?.root.toString('base64') ?? '',
  };
}

import { readCheckpoint } from '../audit/checkpoint.ts';
import { decodeBase64, type PublicKey, parseVerifier } from '../audit/note.ts';
import { checkProof } from '../audit/prove.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import { type Bundle, changed, contentOf, parseBundle } from './bundle-format.ts';
import { isSignedBy } from './dsse.ts';
import { type EvidenceLeaf, readEvidenceLeaf } from './leaf.ts';
import { locate } from './locate.ts';
import type { Outcome } from './model.ts';
import type { ProcedureOutcome } from './procedure-model.ts';
import { type AttachmentRecord, fieldDigests, Statement, statementType } from './statement.ts';

export interface VerifyOptions {
  /** The key that the verifier knows, from elsewhere than the file. */
  readonly trustedKey?: PublicKey;
  /** Where that key comes from. Default `given`. */
  readonly trustedFrom?: 'given' | 'data-directory';
}

export type Signer =
  | 'signed by the key of this data directory'
  | 'signed by the key given'
  | 'consistent, signer not known here';

/** What a bundle says, after every part of it was checked. */
export type VerifiedEvidence = Verified &
  (
    | { readonly about: 'outcome'; readonly outcome: Outcome }
    | { readonly about: 'procedure'; readonly outcome: ProcedureOutcome }
  );

interface Verified {
  readonly attachments: readonly AttachmentRecord[];
  /** Note verifier form of the key that signed. */
  readonly key: string;
  readonly signer: Signer;
  /** Index of its leaf in the audit log. */
  readonly leaf: number;
  readonly treeSize: number;
  /** The signed checkpoint it carries: keep it elsewhere, and the log cannot be rolled back behind it unnoticed. */
  readonly checkpoint: string;
  /** Each verification made, in words. */
  readonly verifications: readonly string[];
}

/**
 * Verifies an evidence file by hashes and signatures alone; nothing is read but these bytes. Throws `evidence-changed`, which
 * names the part that is not as it was signed, or `evidence-other-signer`.
 */
export function verifyEvidence(bytes: Uint8Array, options: VerifyOptions = {}): VerifiedEvidence {
  const bundle = parseBundle(bytes);
  const key = parseVerifier(bundle.publicKey);
  if (key === undefined) throw changed('key', 'it is not an Ed25519 key whose id fits its name');
  const leaf = readEvidenceLeaf(bundle.proof.entry);
  checkSignature(bundle, key, leaf);
  const treeSize = checkInclusion(bundle, key);
  const statement = checkStatement(bundle, leaf);
  checkAttachments(bundle, statement.predicate.attachments);
  const signer = checkSigner(key, options);
  const { attachments } = statement.predicate;
  return {
    ...subjectOf(statement),
    attachments,
    key: key.verifier,
    signer,
    leaf: bundle.proof.index,
    treeSize,
    checkpoint: bundle.checkpoint,
    verifications: [
      'the file is the one canonical text of its parts',
      `the signature of ${key.name} fits the statement`,
      `leaf ${bundle.proof.index} of the audit log holds the statement's hash`,
      `${bundle.proof.hashes.length} hashes lead from the leaf to the root of ${treeSize} leaves`,
      `the checkpoint of ${treeSize} leaves is signed by ${key.name}`,
      ...attachments.map(({ name }) => `attachment ${name} has the hash that was signed`),
      signer,
    ],
  };
}

function subjectOf(statement: Statement) {
  return statement.predicateType === 'urn:holdfast:procedure:v1'
    ? { about: 'procedure' as const, outcome: statement.predicate.outcome }
    : { about: 'outcome' as const, outcome: statement.predicate.outcome };
}

/** Where signature and payload disagree, the leaf tells which of the two was changed: it holds the payload's hash and the key. */
function checkSignature({ envelope, publicKey }: Bundle, key: PublicKey, leaf: EvidenceLeaf | undefined): void {
  if (envelope.payloadType !== statementType) throw changed('envelope payloadType', `it is not ${statementType}`);
  const payload = decodeBase64(envelope.payload);
  if (payload === undefined) throw changed('envelope payload', 'it is not base64');
  const [{ keyid, sig }] = envelope.signatures;
  if (decodeBase64(sig)?.length !== 64) throw changed('signature', 'it is not an Ed25519 signature in base64');
  if (keyid !== key.name) throw changed('signature keyid', `it is not ${key.name}, the name of the key in the file`);
  const isPayloadOfLeaf = leaf !== undefined && leaf.facts.payloadSha256 === sha256(payload);
  if (isSignedBy(envelope, key)) {
    if (isPayloadOfLeaf) return;
    throw changed('proof entry', 'it is not the leaf of this statement');
  }
  if (leaf !== undefined && leaf.facts.key !== publicKey) throw changed('key', 'it is not the key that the leaf names');
  if (isPayloadOfLeaf) throw changed('signature', `it is not one of ${key.name} for this statement`);
  throw changed(changedField(payload, leaf), 'it is not what was signed');
}

function changedField(payload: Buffer, leaf: EvidenceLeaf | undefined): string {
  const text = payload.toString('latin1');
  let value: unknown;
  try {
    value = JSON.parse(payload.toString('utf8'));
  } catch {
    const { path, at } = locate(text);
    return path.length === 0 ? `envelope payload, byte ${at}` : `envelope payload, field ${path.join('/')}`;
  }
  const signed = Object.entries(leaf?.facts.fields ?? {});
  const found = new Map(Object.entries(fieldDigests(value)));
  const fields = signed.filter(([path, digest]) => found.get(path) !== digest).map(([path]) => path);
  if (fields.length === 0) return 'envelope payload';
  const more = fields.length > 3 ? ` and ${fields.length - 3} more` : '';
  return `envelope payload, field ${fields.slice(0, 3).join(', ')}${more}`;
}

function checkInclusion({ proof, checkpoint }: Bundle, key: PublicKey): number {
  const checked = checkProof({ ...proof, checkpoint }, key);
  if (!checked.ok) throw changed(checked.part === 'checkpoint' ? 'checkpoint' : 'proof', checked.why);
  const { size } = readCheckpoint(checkpoint) ?? { size: 0 };
  // A checkpoint in a bundle carries the one signature, so that no line of it is left unchecked.
  if (checkpoint.split('\n\n')[1]?.split('\n').length !== 2)
    throw changed('checkpoint', 'it has more than one signature');
  return size;
}

function checkStatement({ envelope }: Bundle, leaf: EvidenceLeaf | undefined): Statement {
  const text = Buffer.from(envelope.payload, 'base64').toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw changed('envelope payload', 'what was signed is not JSON');
  }
  const parsed = Statement.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw changed(`envelope payload, field ${issue?.path.join('/')}`, issue?.message ?? 'not as expected');
  }
  if (canonicalJson(parsed.data) !== text) throw changed('envelope payload', 'it holds fields that no statement has');
  if (leaf?.run !== parsed.data.predicate.outcome.run) throw changed('proof entry', 'it is of another run');
  return parsed.data;
}

function checkAttachments({ attachments }: Bundle, records: readonly AttachmentRecord[]): void {
  for (const [at, attachment] of attachments.entries()) {
    const record = records[at];
    if (record?.name !== attachment.name)
      throw changed(`attachment ${attachment.name}`, 'the statement does not name it');
    if (record.mediaType !== attachment.mediaType) throw changed(`attachment ${record.name}`, 'its media type differs');
    const content = contentOf(attachment);
    if (content.toString(attachment.encoding) !== attachment.content || sha256(content) !== record.digest.sha256) {
      throw changed(`attachment ${record.name}`, 'its content does not have the hash that was signed');
    }
  }
  const missing = records[attachments.length];
  if (missing !== undefined) throw changed(`attachment ${missing.name}`, 'it was taken out');
}

function checkSigner(key: PublicKey, { trustedKey, trustedFrom = 'given' }: VerifyOptions): Signer {
  if (trustedKey === undefined) return 'consistent, signer not known here';
  if (trustedKey.verifier !== key.verifier) {
    throw new HoldfastError('evidence-other-signer', { found: key.name, trusted: trustedKey.name });
  }
  return trustedFrom === 'given' ? 'signed by the key given' : 'signed by the key of this data directory';
}

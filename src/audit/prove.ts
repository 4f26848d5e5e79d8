import { join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { openCheckpoint, readCheckpoint } from './checkpoint.ts';
import { readIfThere } from './files.ts';
import { hashLeaf, inclusionRanges, rootOfInclusion } from './merkle.ts';
import { decodeBase64, type PublicKey } from './note.ts';
import { openTree, TileTrouble } from './reader.ts';
import type { InclusionProof } from './types.ts';

/** Proof that a leaf is in the published tree, from its files alone. Throws `audit-leaf-unknown`, `audit-files-changed`. */
export async function proveInclusion(directory: string, index: number): Promise<InclusionProof> {
  const note = (await readIfThere(join(directory, 'checkpoint')))?.toString('utf8');
  if (note === undefined) throw new HoldfastError('audit-log-missing', { directory });
  const checkpoint = readCheckpoint(note);
  if (checkpoint === undefined) throw changed(directory, 'its checkpoint is not one');
  const { size, root } = checkpoint;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new HoldfastError('audit-leaf-unknown', { index, size });
  }
  try {
    const tree = openTree(directory, size);
    const hashes = await Promise.all(inclusionRanges(index, size).map((range) => tree.range(range)));
    const entry = await tree.entry(index);
    if (!rootOfInclusion({ index, size, leaf: hashLeaf(entry), hashes })?.equals(root)) {
      throw changed(directory, `leaf ${index} does not lead to the root of its checkpoint`);
    }
    return {
      index,
      entry: entry.toString('utf8'),
      hashes: hashes.map((hash) => hash.toString('base64')),
      checkpoint: note,
    };
  } catch (error) {
    throw error instanceof TileTrouble ? changed(directory, error.message) : error;
  }
}

export type CheckedProof =
  | { readonly ok: true; readonly size: number; readonly origin: string }
  /** `checkpoint`: its signature or text; `leaf`: entry, index and hashes do not lead to its root. */
  | { readonly ok: false; readonly part: 'checkpoint' | 'leaf'; readonly why: string };

/** Checks a proof offline: the signature on its checkpoint, and the way from the entry to the root. */
export function checkProof(proof: InclusionProof, key: PublicKey): CheckedProof {
  const opened = openCheckpoint(proof.checkpoint, key);
  if (!opened.ok) return { ok: false, part: 'checkpoint', why: opened.why };
  const { origin, size, root } = opened.checkpoint;
  const hashes = proof.hashes.map(decodeBase64);
  if (!hashes.every((hash) => hash !== undefined && hash.length === 32)) {
    return { ok: false, part: 'leaf', why: 'one of its hashes is not a SHA-256 in base64' };
  }
  const claim = { index: proof.index, size, leaf: hashLeaf(Buffer.from(proof.entry)), hashes: hashes as Buffer[] };
  const led = rootOfInclusion(claim);
  if (led === undefined) {
    return { ok: false, part: 'leaf', why: `leaf ${proof.index} of ${size} is not proven by ${hashes.length} hashes` };
  }
  return led.equals(root)
    ? { ok: true, size, origin }
    : { ok: false, part: 'leaf', why: `the entry does not lead to the root that was signed for ${size} leaves` };
}

/** The C2SP .tlog-proof text of a proof. Its extra line carries the entry, which the format does not authenticate but the proof does. */
export function formatProof(proof: InclusionProof): string {
  const extra = Buffer.from(proof.entry).toString('base64');
  return [header, `extra ${extra}`, `index ${proof.index}`, ...proof.hashes, '', proof.checkpoint].join('\n');
}

/** Reads a .tlog-proof text with an entry in its extra line; undefined for anything else. */
export function parseProof(text: string): InclusionProof | undefined {
  const split = text.indexOf('\n\n');
  const [first, extra, index, ...hashes] = text.slice(0, Math.max(0, split)).split('\n');
  const entry = extra?.startsWith('extra ') ? decodeBase64(extra.slice(6)) : undefined;
  const [, digits] = /^index (0|[1-9]\d{0,15})$/.exec(index ?? '') ?? [];
  if (first !== header || entry === undefined || digits === undefined) return undefined;
  return { index: Number(digits), entry: entry.toString('utf8'), hashes, checkpoint: text.slice(split + 2) };
}

const header = 'c2sp.org/tlog-proof@v1';

function changed(directory: string, difference: string): HoldfastError {
  return new HoldfastError('audit-files-changed', { directory, difference });
}

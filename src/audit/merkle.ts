import { createHash } from 'node:crypto';

/** The leaves `start` to `end - 1` of a tree, cut where RFC 6962 cuts: `start` is a multiple of a power of two not below its length. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A complete subtree: its 2^`level` leaves begin at `index` * 2^`level`. */
export interface Node {
  readonly level: number;
  readonly index: number;
}

/** Hash of an entry as a leaf (RFC 6962, 2.1). The prefix keeps a leaf from passing as an inner node. */
export function hashLeaf(entry: Uint8Array): Buffer {
  return createHash('sha256').update(leafPrefix).update(entry).digest();
}

/** Hash of an inner node (RFC 6962, 2.1). */
export function hashChildren(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** Merkle tree hash over leaf hashes (RFC 6962, 2.1); of no leaves, the hash of nothing. Also the hash over complete subtrees of one size, where the last may be incomplete. */
export function treeHash(hashes: readonly Uint8Array[]): Buffer {
  if (hashes.length === 0) return createHash('sha256').digest();
  let row: Uint8Array[] = [...hashes];
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const left = row[at] as Uint8Array;
      const right = row[at + 1];
      // A hash without a sibling rises as it is: the same tree as cutting at the largest power of two.
      above.push(right === undefined ? left : hashChildren(left, right));
    }
    row = above;
  }
  return Buffer.from(row[0] as Uint8Array);
}

/** The subtrees whose hashes prove that leaf `index` is in a tree of `size`, from the leaf's sibling upwards (RFC 6962, 2.1.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`no leaf ${index} in ${size}`);
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees whose hashes prove that a tree of `size` extends the one of `oldSize` (RFC 6962, 2.1.2). */
export function consistencyRanges(oldSize: number, size: number): Range[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > size) {
    throw new RangeError(`${oldSize} leaves are no earlier state of ${size}`);
  }
  if (oldSize === 0) return [];
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end !== oldSize) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // The old tree itself is known to whoever checks; a part of it is not.
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

/** A range as complete subtrees from left to right. `foldNodes` of their hashes is the hash of the range. */
export function rangeNodes({ start, end }: Range): Node[] {
  const nodes: Node[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** Joins the hashes of complete subtrees that stand side by side, largest first, to the hash of them all. */
export function foldNodes(hashes: readonly Uint8Array[]): Buffer {
  let folded: Uint8Array | undefined;
  for (const hash of hashes.toReversed()) folded = folded === undefined ? hash : hashChildren(hash, folded);
  return folded === undefined ? treeHash([]) : Buffer.from(folded);
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

/** The root that an inclusion proof leads to; undefined when the proof has the wrong length (RFC 9162, 2.1.3.2). */
export function rootOfInclusion({ index, size, leaf, hashes }: InclusionClaim): Buffer | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return undefined;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== hashes.length) return undefined;
  let root: Uint8Array = leaf;
  for (const [at, range] of ranges.entries()) {
    const hash = hashes[at] as Uint8Array;
    root = range.start > index ? hashChildren(root, hash) : hashChildren(hash, root);
  }
  return Buffer.from(root);
}

/** True when `hashes` prove that `leaf` stands at `index` in the tree with `root`. */
export function verifyInclusion(claim: InclusionClaim & { readonly root: Uint8Array }): boolean {
  return rootOfInclusion(claim)?.equals(claim.root) ?? false;
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

/** True when `hashes` prove that the tree with `root` begins with all leaves of the tree with `oldRoot` (RFC 9162, 2.1.4.2). */
export function verifyConsistency({ oldSize, oldRoot, size, root, hashes }: ConsistencyClaim): boolean {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size) return false;
  if (oldSize === 0) return hashes.length === 0 && treeHash([]).equals(oldRoot);
  const ranges = consistencyRanges(oldSize, size);
  if (ranges.length !== hashes.length) return false;
  // Only a part of the old tree comes with the proof; a whole one, ending where the first cut fell, is its root.
  const whole = ranges.length === 0 || (ranges[0] as Range).start >= oldSize;
  let old: Uint8Array = whole ? oldRoot : (hashes[0] as Uint8Array);
  let now = old;
  for (const [at, range] of ranges.entries()) {
    if (at === 0 && !whole) continue;
    const hash = hashes[at] as Uint8Array;
    if (range.start >= oldSize) {
      now = hashChildren(now, hash);
    } else {
      old = hashChildren(hash, old);
      now = hashChildren(hash, now);
    }
  }
  return Buffer.from(oldRoot).equals(old) && Buffer.from(root).equals(now);
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The largest power of two below `length`. */
function splitOf(length: number): number {
  let split = 1;
  while (split * 2 < length) split *= 2;
  return split;
}

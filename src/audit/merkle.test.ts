import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyRanges,
  foldNodes,
  hashLeaf,
  inclusionRanges,
  type Range,
  rangeNodes,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

// Leaves, roots and proofs that certificate-transparency implementations test themselves with.
const vectors = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const;

const knownLeaves = vectors.map(([entry]) => hashLeaf(Buffer.from(entry, 'hex')));

describe('the tree of RFC 6962', () => {
  it('has the known roots for the known leaves', () => {
    expect(treeHash([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [at, [, root]] of vectors.entries()) {
      expect(treeHash(knownLeaves.slice(0, at + 1)).toString('hex')).toBe(root);
    }
  });

  it('gives the known inclusion proofs', () => {
    expect(proof(knownLeaves, inclusionRanges(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(proof(knownLeaves, inclusionRanges(5, 8))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(proof(knownLeaves, inclusionRanges(2, 3))).toEqual([vectors[1][1]]);
    expect(proof(knownLeaves, inclusionRanges(0, 1))).toEqual([]);
  });

  it('gives the known consistency proofs', () => {
    expect(proof(knownLeaves, consistencyRanges(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(proof(knownLeaves, consistencyRanges(2, 5))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
    expect(proof(knownLeaves, consistencyRanges(8, 8))).toEqual([]);
  });
});

// Complete subtrees of each level, so that trees of 65,537 leaves cost no more than small ones.
const leaves = Array.from({ length: 65_540 }, (_, index) => hashLeaf(Buffer.from(`leaf ${index}`)));
const levels = [leaves];
for (let row = leaves; row.length > 1; ) {
  row = Array.from({ length: Math.floor(row.length / 2) }, (_, at) => treeHash(row.slice(at * 2, at * 2 + 2)));
  levels.push(row);
}

describe('proofs of trees around the width of a tile', () => {
  const size = fc.oneof(
    fc.integer({ min: 1, max: 300 }),
    fc.constantFrom(255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537),
  );
  const sizes = fc.tuple(size, fc.nat(), fc.nat());

  it('proves each leaf in each tree of up to 64 leaves, and no other leaf in its place', () => {
    for (let count = 1; count <= 64; count += 1) {
      const root = treeHash(leaves.slice(0, count));
      for (let index = 0; index < count; index += 1) {
        const claim = { index, size: count, root, hashes: subtrees(inclusionRanges(index, count)) };
        expect(verifyInclusion({ ...claim, leaf: leafAt(index) })).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: leafAt(index + 1) })).toBe(false);
        expect(verifyInclusion({ ...claim, leaf: leafAt(index), index: (index + 1) % (count + 1) })).toBe(false);
      }
    }
  });

  it('proves inclusion at any size, and fails for any changed hash of the proof', () => {
    fc.assert(
      fc.property(sizes, ([count, at, which]) => {
        const index = at % count;
        const hashes = subtrees(inclusionRanges(index, count));
        const claim = { index, size: count, leaf: leafAt(index), root: rootOf(count) };
        expect(verifyInclusion({ ...claim, hashes })).toBe(true);
        expect(verifyInclusion({ ...claim, hashes: [...hashes, leafAt(0)] })).toBe(false);
        if (hashes.length === 0) return;
        expect(verifyInclusion({ ...claim, hashes: changed(hashes, which) })).toBe(false);
        expect(verifyInclusion({ ...claim, hashes: hashes.slice(1) })).toBe(false);
      }),
      { numRuns: 120 },
    );
  });

  it('proves consistency for all pairs of sizes up to 40, and refuses a tree that is no continuation', () => {
    for (let count = 1; count <= 40; count += 1) {
      for (let old = 0; old <= count; old += 1) {
        const claim = {
          oldSize: old,
          oldRoot: treeHash(leaves.slice(0, old)),
          size: count,
          root: treeHash(leaves.slice(0, count)),
          hashes: subtrees(consistencyRanges(old, count)),
        };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: treeHash(leaves.slice(1, old + 2)) })).toBe(false);
        if (old > 0 && old < count) {
          expect(verifyConsistency({ ...claim, root: treeHash(leaves.slice(1, count + 1)) })).toBe(false);
        }
      }
    }
  });

  it('proves consistency at any size, and fails for any changed hash of the proof', () => {
    fc.assert(
      fc.property(sizes, ([count, before, which]) => {
        const oldSize = 1 + (before % count);
        const hashes = subtrees(consistencyRanges(oldSize, count));
        const claim = {
          oldSize,
          oldRoot: rootOf(oldSize),
          size: count,
          root: rootOf(count),
        };
        expect(verifyConsistency({ ...claim, hashes })).toBe(true);
        if (hashes.length > 0) expect(verifyConsistency({ ...claim, hashes: changed(hashes, which) })).toBe(false);
      }),
      { numRuns: 120 },
    );
  });

  it('makes every range of a proof from complete subtrees', () => {
    fc.assert(
      fc.property(sizes, ([count, at]) => {
        const [range] = inclusionRanges(at % count, count);
        if (range !== undefined) expect(subtree(range)).toEqual(treeHash(leaves.slice(range.start, range.end)));
        expect(rootOf(count)).toEqual(treeHash(leaves.slice(0, count)));
      }),
      { numRuns: 30 },
    );
  });
});

function proof(all: readonly Buffer[], ranges: readonly Range[]): string[] {
  return ranges.map(({ start, end }) => treeHash(all.slice(start, end)).toString('hex'));
}

function subtrees(ranges: readonly Range[]): Buffer[] {
  return ranges.map(subtree);
}

function subtree(range: Range): Buffer {
  return foldNodes(rangeNodes(range).map(({ level, index }) => levels[level]?.[index] ?? Buffer.alloc(32)));
}

function rootOf(count: number): Buffer {
  return subtree({ start: 0, end: count });
}

function leafAt(index: number): Buffer {
  return leaves[index] ?? Buffer.alloc(32);
}

function changed(hashes: readonly Buffer[], which: number): Buffer[] {
  const at = which % hashes.length;
  return hashes.map((hash, index) => {
    if (index !== at) return hash;
    const copy = Buffer.from(hash);
    copy.writeUInt8(copy.readUInt8(which % 32) ^ 1, which % 32);
    return copy;
  });
}

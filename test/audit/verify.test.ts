import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { openSigningKey } from '../../src/audit/keys.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import { hashLeaf } from '../../src/audit/merkle.ts';
import type { SigningKey } from '../../src/audit/note.ts';
import { decodeBundle, encodeBundle, encodeTile } from '../../src/audit/tiles.ts';
import { type LogVerification, verifyLog } from '../../src/audit/verify.ts';
import { TreeWriter } from '../../src/audit/writer.ts';
import { writeEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify-bundle.ts';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { outcome } from './outcome.ts';
import { fill, leaf, makeWorld, type World } from './world.ts';

let world: World;
/** A copy of the published log that a test may damage. */
let log: string;
let copies = 0;

beforeAll(async () => {
  world = await makeWorld();
  for (const [from, to] of [
    [0, 10],
    [10, 300],
    [300, 540],
    [540, 600],
  ] as const) {
    await fill(world, from, to);
    await world.log.publish();
  }
  await cp(world.directory, join(world.data, 'as-published'), { recursive: true });
});

afterAll(async () => {
  await world.close();
});

async function copy(from = join(world.data, 'as-published')): Promise<void> {
  copies += 1;
  log = join(world.data, `copy-${copies}`);
  await cp(from, log, { recursive: true });
}

async function verify(options: Parameters<typeof verifyLog>[1] = {}): Promise<LogVerification> {
  return verifyLog(log, { trustedKey: world.key.publicKey, ...options });
}

async function entriesOf(path: string): Promise<Buffer[]> {
  return decodeBundle(await readFile(join(log, path))) ?? [];
}

describe('a log that nobody touched', () => {
  it('is found good, with every leaf, tile and checkpoint recomputed', async () => {
    await copy();
    const result = await verify();
    expect(result).toMatchObject({ size: 600, signerKnown: true, checkpoints: 5, differences: [], notes: [] });
    expect(await verifyLog(log)).toMatchObject({ signerKnown: false, differences: [] });
  });

  it('is found good when a publication was not finished, and says so', async () => {
    await copy();
    const writer = await TreeWriter.open(log, 512);
    for (let number = 512; number < 800; number += 1) await writer.add(Buffer.from(canonicalJson(leaf(number))));
    await writer.flush();
    const result = await verify();
    expect(result.differences).toEqual([]);
    expect(result.notes.join()).toContain('beyond the 600 leaves');
  });
});

describe('Changing, removing or reordering any audit leaf before a checkpoint is detected by a verifier that has only files', () => {
  it('a changed leaf', async () => {
    await copy();
    const path = 'tile/entries/001';
    const entries = await entriesOf(path);
    const changed = String(entries[44]).replace('succeeded', 'succeeded!');
    await writeFile(join(log, path), encodeBundle(entries.with(44, Buffer.from(changed))));
    const { differences } = await verify();
    expect(differences).toEqual([
      { file: path, leaf: 300, what: 'leaf 300 was changed: it is not the entry that was signed' },
    ]);
  });

  it('a changed leaf, with all hashes in tiles made to fit', async () => {
    await copy();
    await rewrite((entries) => entries.with(317, Buffer.from('{"kind":"forged"}')));
    const { differences } = await verify();
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ file: 'checkpoints/000000000540', leaf: 300 });
    expect(differences[0]?.what).toContain('up to leaf 299 they are as signed');
  });

  it('a removed leaf', async () => {
    await copy();
    const path = 'tile/entries/000';
    const entries = await entriesOf(path);
    await writeFile(join(log, path), encodeBundle(entries.toSpliced(17, 1)));
    const { differences } = await verify();
    expect(differences).toEqual([
      { file: path, what: 'it has 255 entries, not 256' },
      { file: path, leaf: 17, what: 'leaf 17 was taken out' },
    ]);
  });

  it('a removed leaf, with all leaves after it moved up and all hashes made to fit', async () => {
    await copy();
    await rewrite((entries) => [...entries.toSpliced(5, 1), Buffer.from('{"kind":"filler"}')]);
    expect((await verify()).differences[0]).toMatchObject({ file: 'checkpoints/000000000010' });
  });

  it('swapped leaves', async () => {
    await copy();
    const path = 'tile/entries/000';
    const entries = await entriesOf(path);
    const [five = Buffer.alloc(0), nine = Buffer.alloc(0)] = [entries[5], entries[9]];
    await writeFile(join(log, path), encodeBundle(entries.with(5, nine).with(9, five)));
    expect((await verify()).differences).toEqual([
      { file: path, leaf: 5, what: 'at the place of leaf 5 stands leaf 9' },
      { file: path, leaf: 9, what: 'at the place of leaf 9 stands leaf 5' },
    ]);
  });

  it('a cut tail', async () => {
    await copy();
    const path = 'tile/entries/002.p/88';
    await writeFile(join(log, path), encodeBundle((await entriesOf(path)).slice(0, 80)));
    const { differences } = await verify();
    expect(differences[0]).toEqual({ file: path, what: 'it has 80 entries, not 88' });
    expect(differences[1]).toEqual({ file: path, leaf: 592, what: 'leaf 592 was taken out' });
    await rm(join(log, 'tile/entries/002.p'), { recursive: true });
    await rm(join(log, 'tile/0/002.p'), { recursive: true });
    expect((await verify()).differences[0]).toMatchObject({ file: path, leaf: 512 });
  });

  it('a replaced tile', async () => {
    await copy();
    const path = 'tile/0/001';
    const bytes = await readFile(join(log, path));
    await writeFile(join(log, path), bytes.with(32 * 7, (bytes[32 * 7] ?? 0) ^ 0xff));
    expect((await verify()).differences).toEqual([
      { file: path, leaf: 263, what: 'its hash of leaf 263 is not that of the signed entry' },
    ]);
    await copy();
    const upper = 'tile/1/000.p/2';
    await writeFile(join(log, upper), encodeTile([hashLeaf(Buffer.from('a')), hashLeaf(Buffer.from('b'))]));
    expect((await verify()).differences).toEqual([
      { file: upper, what: 'hash 0 and 1 more is not the one of tile/0/000' },
    ]);
    await rm(join(log, 'tile/0/001'));
    expect((await verify()).differences[0]).toEqual({ file: 'tile/0/001', what: 'it is missing' });
  });

  it('a forged checkpoint signed by another key', async () => {
    await copy();
    const forger = await openSigningKey(join(world.data, 'forger'));
    const entries = (await rewrite((all) => all.with(3, Buffer.from('{"kind":"forged"}')))).root();
    await writeFile(join(log, 'checkpoint'), signCheckpoint(600, entries, forger));
    await writeFile(join(log, 'log.pub'), `${forger.publicKey.verifier}\n`);
    const { differences } = await verify();
    expect(differences.map(({ file }) => file)).toEqual(['log.pub', 'checkpoint', 'checkpoints/000000000010']);
    expect(differences[1]?.what).toContain(`not by ${world.key.publicKey.name}`);
  });

  it('a whole log signed anew by another key, for whoever knows the true key', async () => {
    await copy();
    const forger = await forge((entries) => entries.with(3, Buffer.from('{"kind":"forged"}')));
    expect((await verifyLog(log)).differences).toEqual([]);
    const { differences } = await verify();
    expect(differences.map(({ file }) => file)).toEqual(['log.pub', 'checkpoint', 'checkpoints/000000000600']);
    expect(differences[1]?.what).toContain(forger.publicKey.name);
  });

  it('a log put back to an older checkpoint, against one that an evidence file carries', async () => {
    await copy();
    const kept = join(world.data, 'evidence-kept');
    const mirror = await world.another();
    const written = await writeEvidence({
      outcome: outcome('rollback'),
      key: world.key,
      audit: openAuditLog({ ...mirror, directory: world.directory, key: world.key, clock: systemClock }),
      directory: kept,
      name: 'drill',
    });
    const { checkpoint } = verifyEvidence(await readFile(written.path));
    // The copy was made before the evidence: it is the log as it was, every signature in it true.
    expect((await verify()).differences).toEqual([]);
    const { differences } = await verify({ against: [{ label: 'drill.dsse', note: checkpoint }] });
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ file: 'drill.dsse', leaf: 600 });
    expect(differences[0]?.what).toContain('put back to an older state');
    await copy(world.directory);
    expect((await verify({ against: [{ label: 'drill.dsse', note: checkpoint }] })).differences).toEqual([]);
  });

  it('a log put back to an older checkpoint whose newer checkpoints were left behind', async () => {
    await copy();
    await cp(join(log, 'checkpoints/000000000300'), join(log, 'checkpoint'));
    const { differences, notes } = await verify();
    expect(differences.map(({ file, leaf: index }) => [file, index])).toContainEqual(['checkpoints/000000000600', 300]);
    expect(notes.join()).toContain('beyond the 300 leaves');
  });

  it('a missing, renamed or changed checkpoint', async () => {
    await copy();
    await rm(join(log, 'checkpoint'));
    expect((await verify()).differences).toEqual([{ file: 'checkpoint', what: 'it is missing' }]);
    await copy();
    await rename(join(log, 'checkpoints/000000000300'), join(log, 'checkpoints/000000000299'));
    expect((await verify()).differences[0]).toMatchObject({ file: 'checkpoints/000000000299' });
    await copy();
    const note = await readFile(join(log, 'checkpoint'), 'utf8');
    await writeFile(join(log, 'checkpoint'), note.replace('\n600\n', '\n601\n'));
    expect((await verify()).differences[0]?.what).toContain('does not fit its text');
    await expect(verifyLog(join(world.data, 'nowhere'))).rejects.toMatchObject({ code: 'audit-log-missing' });
  });

  it('any flipped byte in any published file', async () => {
    await copy();
    const files = (await readdir(log, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (file, at, mask) => {
          const bytes = await readFile(file);
          const place = at % bytes.length;
          await writeFile(file, bytes.with(place, (bytes[place] ?? 0) ^ mask));
          const { differences } = await verify();
          await writeFile(file, bytes);
          expect(differences.length, `${file} at ${place}`).toBeGreaterThan(0);
          expect(
            differences.some((each) => file.endsWith(each.file)),
            `${file} at ${place}: ${JSON.stringify(differences)}`,
          ).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
    expect((await verify()).differences).toEqual([]);
  });
});

/** Writes the tree of other entries over the copy, with all tiles consistent; checkpoints stay as they are. */
async function rewrite(change: (entries: Buffer[]) => Buffer[]): Promise<TreeWriter> {
  const entries = (
    await Promise.all(['tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/88'].map(entriesOf))
  ).flat();
  await rm(join(log, 'tile'), { recursive: true });
  const writer = await TreeWriter.open(log, 0);
  for (const entry of change(entries)) await writer.add(entry);
  await writer.flush();
  return writer;
}

async function forge(change: (entries: Buffer[]) => Buffer[]): Promise<SigningKey> {
  const key = await openSigningKey(join(world.data, 'whole-forger'));
  const root = (await rewrite(change)).root();
  await rm(join(log, 'checkpoints'), { recursive: true });
  await mkdir(join(log, 'checkpoints'));
  for (const file of ['checkpoint', 'checkpoints/000000000600']) {
    await writeFile(join(log, file), signCheckpoint(600, root, key));
  }
  await writeFile(join(log, 'log.pub'), `${key.publicKey.verifier}\n`);
  return key;
}

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCheckpoint } from '../../src/audit/checkpoint.ts';
import { hashLeaf, treeHash } from '../../src/audit/merkle.ts';
import { checkProof } from '../../src/audit/prove.ts';
import { takeTurn } from '../../src/audit/sequence.ts';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import { fill, leaf, makeWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

afterAll(async () => {
  await world.close();
});

describe('the audit log', () => {
  it('gives leaves indexes without gaps in the order of commits, also to several processes at once', async () => {
    world = await world.reset();
    const processes = await Promise.all([world.another(), world.another(), world.another()]);
    const committed: number[] = [];
    await Promise.all(
      processes.map(async ({ log, database }, which) => {
        for (let round = 0; round < 40; round += 1) {
          const work = database.transaction(async (transaction) => {
            const index = await log.append(leaf(which * 100 + round), { transaction });
            if (round % 5 === 4) throw new Error('rolled back');
            return index;
          });
          await work.then(
            (index) => committed.push(index),
            (error: Error) => expect(error.message).toBe('rolled back'),
          );
        }
      }),
    );
    expect(committed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 96 }, (_, index) => index));
    expect((await world.log.publish()).size).toBe(96);
  });

  it('adds a leaf with a key once, also when two processes replay it at the same time', async () => {
    world = await world.reset();
    const other = await world.another();
    const first = await world.log.append(leaf(1), { key: 'run/step' });
    expect(await other.log.append(leaf(1), { key: 'run/step' })).toBe(first);
    const racing = await Promise.all(
      Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? world : other).log.append(leaf(2), { key: 'run/second' })),
    );
    expect(new Set(racing)).toEqual(new Set([1]));
    expect((await world.log.publish()).size).toBe(2);
  });

  it('lets a second writer of a key wait for the first, and gives it the same leaf', async () => {
    world = await world.reset();
    const other = await world.another();
    let second: Promise<number> | undefined;
    const first = await world.database.transaction(async (transaction) => {
      const index = await world.log.append(leaf(1), { transaction, key: 'same' });
      second = other.log.append(leaf(1), { key: 'same' });
      await someoneWaits(world);
      return index;
    });
    expect(await second).toBe(first);
  });

  it('stands or falls with the transaction that a leaf was added in', async () => {
    world = await world.reset();
    const failed = world.database.transaction(async (transaction) => {
      await world.log.append(leaf(1), { transaction, key: 'once' });
      throw new Error('the record could not be written');
    });
    await expect(failed).rejects.toThrow('the record could not be written');
    expect(await world.log.append(leaf(2), { key: 'once' })).toBe(0);
  });

  it('refuses a leaf that no bundle can hold', async () => {
    const large = { ...leaf(1), facts: { text: 'x'.repeat(70_000) } };
    await expect(world.log.append(large)).rejects.toMatchObject({ code: 'audit-leaf-too-large' });
  });

  it('never lets a leaf be changed or removed in the database', async () => {
    world = await world.reset();
    await fill(world, 0, 3);
    await expect(world.database.query(`update audit_leaves set entry = '{}'`)).rejects.toThrow('only ever added to');
    await expect(world.database.query('delete from audit_leaves')).rejects.toThrow('only ever added to');
    await expect(world.database.query('truncate audit_leaves')).rejects.toThrow('only ever added to');
  });
});

describe('publishing', () => {
  it('signs the RFC 6962 root of all leaves, at every size around the width of a tile', async () => {
    world = await world.reset();
    const hashes: Buffer[] = [];
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 515, 1024]) {
      await fill(world, hashes.length, size);
      while (hashes.length < size) hashes.push(hashLeaf(Buffer.from(canonicalJson(leaf(hashes.length)))));
      const published = await world.log.publish();
      expect(published).toMatchObject({ size, root: treeHash(hashes).toString('base64') });
      expect(openCheckpoint(published.checkpoint, world.key.publicKey)).toMatchObject({ ok: true });
      for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
        if (index < 0 || index >= size) continue;
        const proof = await world.log.prove(index);
        expect(proof.entry).toBe(canonicalJson(leaf(index)));
        expect(checkProof(proof, world.key.publicKey)).toMatchObject({ ok: true, size });
        expect(checkProof({ ...proof, entry: `${proof.entry} ` }, world.key.publicKey).ok).toBe(false);
      }
    }
    const entries = await readdir(join(world.directory, 'tile/entries'));
    expect(entries.sort()).toEqual(['000', '001', '002', '003']);
    expect(await readdir(join(world.directory, 'checkpoints'))).toHaveLength(10);
  });

  it('continues after a crash that left tiles which no checkpoint covers', async () => {
    world = await world.reset();
    await fill(world, 0, 300);
    await world.log.publish();
    const before = await readFile(join(world.directory, 'checkpoint'));
    await fill(world, 300, 700);
    await world.log.publish();
    // As if the machine had stopped before the second checkpoint was written and its transaction committed.
    await writeFile(join(world.directory, 'checkpoint'), before);
    await rm(join(world.directory, 'checkpoints/000000000700'));
    await world.database.query('delete from audit_checkpoints where size = 700');
    await fill(world, 700, 710);
    expect((await world.log.publish()).size).toBe(710);
    expect(checkProof(await world.log.prove(650), world.key.publicKey).ok).toBe(true);
  });

  it('lets several processes publish at once and loses none of their leaves', async () => {
    world = await world.reset();
    const processes = await Promise.all([world.another(), world.another(), world.another()]);
    const sizes: number[] = [];
    await Promise.all(
      processes.map(async ({ log }) => {
        for (let round = 0; round < 8; round += 1) {
          await log.append(leaf(round));
          sizes.push((await log.publish()).size);
        }
      }),
    );
    expect(Math.max(...sizes)).toBe(24);
    expect((await world.log.publish()).size).toBe(24);
  });

  it('waits for its turn while another process publishes', async () => {
    world = await world.reset();
    await fill(world, 0, 5);
    const other = await world.another();
    let published = false;
    let publishing: Promise<void> | undefined;
    await world.database.transaction(async (transaction) => {
      await takeTurn(transaction);
      publishing = other.log.publish().then(() => {
        published = true;
      });
      await someoneWaits(world);
      expect(published).toBe(false);
    });
    await publishing;
    expect(published).toBe(true);
  });

  it('writes lost or rolled-back files anew from the database, checks them against what was signed, and says so in a leaf', async () => {
    world = await world.reset();
    await fill(world, 0, 260);
    const first = await readFile(join((await publishIn(world)).directory, 'checkpoint'));
    await fill(world, 260, 300);
    await world.log.publish();
    await writeFile(join(world.directory, 'checkpoint'), first);
    expect((await world.log.publish()).size).toBe(301);
    await rm(world.directory, { recursive: true });
    expect((await world.log.publish()).size).toBe(302);
    const { entry } = await world.log.prove(301);
    expect(JSON.parse(entry)).toMatchObject({ kind: 'audit-files-restored', facts: { found: null, signed: 301 } });
  });

  it('signs nothing when a tile, the checkpoint, or a leaf in the database is not what was signed', async () => {
    world = await world.reset();
    await fill(world, 0, 300);
    await world.log.publish();
    await fill(world, 300, 301);
    const tile = join(world.directory, 'tile/0/001.p/44');
    const bytes = await readFile(tile);
    await writeFile(tile, bytes.subarray(1));
    await expect(world.log.publish()).rejects.toMatchObject({ code: 'audit-files-changed' });
    await writeFile(tile, bytes.with(7, (bytes[7] ?? 0) ^ 1));
    await expect(world.log.publish()).rejects.toMatchObject({ code: 'audit-files-changed' });
    await writeFile(tile, bytes);

    const checkpoint = join(world.directory, 'checkpoint');
    const note = await readFile(checkpoint, 'utf8');
    await writeFile(checkpoint, note.replace('\n300\n', '\n299\n'));
    await expect(world.log.publish()).rejects.toMatchObject({ code: 'audit-files-changed' });
    await writeFile(checkpoint, note);

    await world.database.query('alter table audit_leaves disable trigger all');
    await world.database.query(`update audit_leaves set entry = '{}' where index = 299`);
    await expect(world.log.publish()).rejects.toMatchObject({ code: 'audit-database-changed' });
    await rm(world.directory, { recursive: true });
    await expect(world.log.publish()).rejects.toMatchObject({ code: 'audit-database-changed' });
  });

  it('refuses a database that is older than the published files', async () => {
    world = await world.reset();
    await fill(world, 0, 20);
    await world.log.publish();
    await world.database.query('alter table audit_leaves disable trigger all');
    await world.database.query('delete from audit_leaves where index >= 10');
    await world.database.query('delete from audit_checkpoints');
    await world.database.query('update audit_head set size = 10');
    await expect(world.log.publish()).rejects.toMatchObject({
      code: 'audit-database-behind',
      details: { published: 20, stored: 10 },
    });
  });
});

/** Resolves when a session waits for a lock that another one holds. */
async function someoneWaits(where: World): Promise<void> {
  await vi.waitUntil(async () => (await where.database.query('select 1 from pg_locks where not granted')).length > 0, {
    timeout: 10_000,
    interval: 10,
  });
}

async function publishIn(into: World): Promise<World> {
  await into.log.publish();
  return into;
}

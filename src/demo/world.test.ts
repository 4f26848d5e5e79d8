import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSite } from '../config/load.ts';
import { childAccount } from '../process/account.ts';
import { isAlive } from '../process/postgres/postmaster.ts';
import { findServerPrograms } from '../process/postgres/server-programs.ts';
import { closeWorld, destroyWorld } from './disaster.ts';
import { createDocuments } from './hospital/documents.ts';
import { expectations } from './hospital/schema.ts';
import { workOn } from './hospital/work.ts';
import { workOnDocuments } from './hospital/work-documents.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

const signal = new AbortController().signal;
let base: string;
let world: World;

async function options(directory: string): Promise<WorldOptions> {
  const [programs] = await findServerPrograms();
  if (programs === undefined) throw new Error('these tests need a PostgreSQL server');
  return { directory, account: await childAccount(), bin: programs.bin, port: 54_329, scale: 0.01, signal };
}

async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(world.connection);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function treeHash(directory: string): Promise<string> {
  const hash = createHash('sha256');
  const names = await readdir(directory, { recursive: true });
  for (const name of names.sort()) {
    const entry = await lstat(join(directory, name));
    hash.update(`${name} ${entry.mode} `);
    if (entry.isFile()) hash.update(`${entry.mtimeMs} `).update(await readFile(join(directory, name)));
    if (entry.isSymbolicLink()) hash.update(await readlink(join(directory, name)));
  }
  return hash.digest('hex');
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'hf-world-'));
  // A real parent of a demo can be entered by the account that runs the server.
  await chmod(base, 0o755);
  world = await createWorld(await options(join(base, 'demo')));
});

afterAll(async () => {
  if (world !== undefined) await closeWorld(world);
  await rm(base, { recursive: true, force: true });
});

describe('the demo site', () => {
  it('has a site file that Holdfast accepts, with secrets that only its owner reads', async () => {
    const { site } = await loadSite(world.siteFile);
    expect(Object.keys(site.assets)).toEqual(['records', 'documents']);
    expect(site.assets.documents?.after).toEqual(['records']);
    for (const name of ['records-url', 'store-password']) {
      expect((await lstat(join(world.directory, 'secrets', name))).mode & 0o777).toBe(0o600);
    }
    expect(await readFile(world.siteFile, 'utf8')).not.toContain(world.connection.password);
  });

  it('runs its server as the unprivileged account, on a unix socket alone', async () => {
    expect((await lstat(join(world.data, 'PG_VERSION'))).uid).toBe(world.account.uid);
    expect(world.account.uid).not.toBe(0);
    expect((await query('show listen_addresses'))[0]).toEqual({ listen_addresses: '' });
  });

  it('has every row that it counted, and every document that its records name', async () => {
    for (const [table, rows] of Object.entries(world.made.hospital.tables)) {
      expect(await query(`select count(*)::int as n from ${table}`), table).toEqual([{ n: rows }]);
    }
    for (const { path } of await query('select path from documents')) {
      expect(existsSync(join(world.documents, String(path))), String(path)).toBe(true);
    }
  });

  it('holds a link, an empty file, an executable and an empty directory among its documents', async () => {
    expect(await readlink(join(world.documents, 'current'))).toBe('2026');
    expect((await lstat(join(world.documents, 'templates', '빈 양식.txt'))).size).toBe(0);
    expect((await lstat(join(world.documents, 'templates', 'print-label.sh'))).mode & 0o111).not.toBe(0);
    expect(await readdir(join(world.documents, 'inbox'))).toEqual([]);
  });

  it('makes the same documents from the same seed, and others from another', async () => {
    const made = { files: 60 };
    for (const [name, seed] of [
      ['one', 'x'],
      ['two', 'x'],
      ['three', 'y'],
    ] as const) {
      await createDocuments(join(base, name), { ...made, seed });
    }
    expect(await treeHash(join(base, 'one'))).toBe(await treeHash(join(base, 'two')));
    expect(await treeHash(join(base, 'one'))).not.toBe(await treeHash(join(base, 'three')));
  });

  it('refuses a directory that is not empty, and leaves it as it was', async () => {
    const taken = join(base, 'taken');
    await mkdir(taken);
    await writeFile(join(taken, 'thesis.txt'), 'years of work');
    await expect(createWorld(await options(taken))).rejects.toMatchObject({ code: 'demo-directory-not-empty' });
    expect(await readdir(taken)).toEqual(['thesis.txt']);
  });

  it.runIf(process.getuid?.() === 0)('refuses a directory that the account cannot enter', async () => {
    const closed = join(base, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await expect(createWorld(await options(join(closed, 'demo')))).rejects.toMatchObject({
      code: 'demo-directory-out-of-reach',
    });
  });

  it('leaves nothing behind when it is cancelled half-way', async () => {
    const controller = new AbortController();
    const half = join(base, 'half');
    const made = createWorld({
      ...(await options(half)),
      port: 54_330,
      signal: controller.signal,
      progress: () => controller.abort(),
    });
    await expect(made).rejects.toThrow();
    expect(existsSync(half)).toBe(false);
  });
});

describe('a day’s work', () => {
  it('leaves a trail of every actor, and the site’s expectations hold', async () => {
    const { connection } = world;
    const work = await workOn({ connection, seed: 'test', operations: 80, signal });
    const trail = await query(`select distinct actor from audit_log where ts >= '${work.startedAt.toISOString()}'`);
    expect(trail.map(({ actor }) => actor).sort()).toEqual(Object.keys(work.actors).sort());
    expect(trail.length).toBeGreaterThan(5);
    for (const { query: sql, expect: value } of expectations) {
      expect(Object.values((await query(sql))[0] ?? {}).map(Number)).toEqual([value]);
    }
  });

  it('adds, changes and removes documents', async () => {
    const before = await treeHash(world.documents);
    const done = await workOnDocuments(world.documents, { additions: 8 });
    expect([done.added.length, done.changed.length, done.removed.length]).toEqual([8, 4, 2]);
    for (const path of done.added) expect(existsSync(join(world.documents, path))).toBe(true);
    for (const path of done.removed) expect(existsSync(join(world.documents, path))).toBe(false);
    expect(await treeHash(world.documents)).not.toBe(before);
  });
});

describe('the disaster', () => {
  it('refuses a directory without the marker of this very run, and nothing is touched', async () => {
    const forged = { ...world, id: 'x'.repeat(32) };
    await expect(destroyWorld(forged)).rejects.toMatchObject({ code: 'demo-world-not-ours' });
    await expect(destroyWorld({ ...world, directory: base })).rejects.toMatchObject({ code: 'demo-world-not-ours' });
    expect(await query('select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  it('refuses a data directory or documents that lie outside, or behind a link', async () => {
    const precious = join(base, 'precious');
    await mkdir(precious);
    await expect(destroyWorld({ ...world, documents: precious })).rejects.toMatchObject({
      code: 'demo-world-not-ours',
    });
    const aside = `${world.documents}.aside`;
    await rename(world.documents, aside);
    await symlink(precious, world.documents);
    await expect(destroyWorld(world)).rejects.toMatchObject({ code: 'demo-world-not-ours' });
    await rm(world.documents);
    await rename(aside, world.documents);
    expect(existsSync(precious)).toBe(true);
  });

  it('refuses a process that is not the server of this data directory', async () => {
    const file = join(world.data, 'postmaster.pid');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^\d+/, String(process.pid)));
    await expect(destroyWorld(world)).rejects.toMatchObject({ code: 'demo-world-not-ours' });
    await writeFile(file, text);
    expect(await query('select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  it('kills the server and removes its data and the documents, and nothing else', async () => {
    const disaster = await destroyWorld(world);
    expect(disaster.killed).toBe(world.server.pid);
    expect(await isAlive(world.server.pid)).toBe(false);
    expect(existsSync(world.data)).toBe(false);
    expect(existsSync(world.documents)).toBe(false);
    expect(existsSync(world.siteFile)).toBe(true);
    expect(existsSync(world.stores.local)).toBe(true);
  });
});

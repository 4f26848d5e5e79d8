import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, openStore, postgresSource } from '../../src/engines/api.ts';
import type { RestoreTarget, Store } from '../../src/engines/types.ts';
import { childAccountNow } from '../../src/process/account.ts';
import { bench } from '../services/bench.ts';
import { startPostgres, type TestPostgres } from '../services/postgres.ts';
import { asRoot, removeDirectory, runUnprivileged, temporaryDirectory } from '../services/programs.ts';
import { duplicate, startRestic, type TestRestic } from '../services/restic.ts';

/** Every engine must end each of these in an error code of its own, and do these four things. The rest of a file is one engine. */
test('the contract below covers every engine there is', () => {
  expect(Object.keys(engines).sort()).toEqual(['pg-dump', 'restic']);
});

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

function open(repository: TestRestic, password = repository.password, name = 'local'): Store {
  return openStore({
    name,
    config: { engine: 'restic', path: repository.path, tier: 'local', password: { env: 'UNUSED' } },
    password: async () => password,
    baseDirectory: repository.home,
    cacheDirectory: repository.cache,
    account: childAccountNow(),
  });
}

/** Changes one bit in the middle of a file and leaves its rights alone. */
function flip(path: string): void {
  chmodSync(path, 0o644);
  const content = readFileSync(path);
  const middle = Math.floor(content.length / 2);
  content.writeUInt8(content.readUInt8(middle) ^ 1, middle);
  writeFileSync(path, content);
  chmodSync(path, 0o444);
}

function alive(words: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words);
      } catch {
        return false;
      }
    });
}

describe('restic', () => {
  let repository: TestRestic;
  let store: Store;
  let tree: string;
  let first: string;
  const tags = { holdfast: '1', asset: 'uploads, all', part: 'data' };
  const at = new Date('2026-11-20T02:00:03Z');

  beforeAll(async () => {
    repository = startRestic({ init: false });
    store = open(repository);
    tree = join(repository.home, 'tree');
    mkdirSync(join(tree, 'sub'), { recursive: true });
    writeFileSync(join(tree, 'a'), 'a'.repeat(100_000));
    writeFileSync(join(tree, 'sub/b'), 'b', { mode: 0o600 });
    expect(await store.prepare(bench())).toEqual({ created: true });
    expect(await store.prepare(bench())).toEqual({ created: false });
    first = (await store.keep({ paths: [tree], tags, time: at }, bench())).snapshot;
  });
  afterAll(() => repository.stop());

  test('backs up, lists with tags and the time that was asked for, and gives back below absolute paths', async () => {
    const [snapshot] = await store.list(tags, bench());
    expect(snapshot).toEqual({ id: first, time: at, tags, paths: [tree] });
    expect(await store.list({ part: 'facts' }, bench())).toEqual([]);
    const into = join(repository.home, 'out');
    expect(await store.fetch(first, into, bench())).toMatchObject({ files: 2, bytes: 100_001 });
    expect(readFileSync(join(into, tree, 'sub/b'), 'utf8')).toBe('b');
  });

  test('gives back relative to a base when it was kept so, also inside a sandbox that sees the store read-only', async () => {
    const kept = await store.keep({ paths: [tree], base: tree, tags: { part: 'based' }, time: at }, bench());
    expect(kept).toMatchObject({ files: 2, bytes: 100_001 });
    const into = join(repository.home, 'isolated');
    expect(await store.fetch(kept.snapshot, into, bench(), { isolated: true })).toMatchObject({ files: 2 });
    expect(readdirSync(into).sort()).toEqual(['a', 'sub']);
  });

  test.skipIf(!asRoot)(
    'as root, files come back to their owners when that is asked for, else to the account',
    async () => {
      const owned = join(repository.home, 'owned');
      mkdirSync(owned);
      writeFileSync(join(owned, 'private'), 'secret of somebody', { mode: 0o600 });
      chownSync(join(owned, 'private'), 12_345, 12_345);
      const kept = await store.keep({ paths: [owned], base: owned, tags: { part: 'owned' }, time: at }, bench());
      const [plain, exact] = [join(repository.home, 'plain'), join(repository.home, 'exact')];
      await store.fetch(kept.snapshot, plain, bench());
      await store.fetch(kept.snapshot, exact, bench(), { ownership: true });
      expect(statSync(join(plain, 'private')).uid).toBe(childAccountNow().uid);
      expect(statSync(join(exact, 'private'))).toMatchObject({ uid: 12_345, gid: 12_345 });
    },
  );

  test('verifies a sound repository, and leaves no lock', async () => {
    expect(await store.verify({ readData: true }, bench())).toMatchObject({ sound: true, problems: [] });
    expect(readdirSync(join(repository.path, 'locks'))).toEqual([]);
  });

  test('says what an expiry would remove exactly as restic does, and removes nothing', async () => {
    for (const day of [1, 2, 3]) {
      const time = new Date(at.getTime() - day * 86_400_000);
      await store.keep({ paths: [tree], tags: { asset: 'aged', part: 'data', point: String(day) }, time }, bench());
    }
    const filter = { asset: 'aged', part: 'data' };
    const planned = await store.expire({ daily: 2 }, { dryRun: true, filter }, bench());
    const oracle = JSON.parse(
      repository.restic(
        'forget',
        '--dry-run',
        '--json',
        '--group-by=host',
        '--tag=asset=aged,part=data',
        '--keep-daily=2',
      ),
    ) as { keep: { id: string }[]; remove: { id: string }[] }[];
    expect(planned.remove.map(({ snapshot }) => snapshot)).toEqual(oracle[0]?.remove.map(({ id }) => id));
    expect(planned.keep.map(({ snapshot }) => snapshot)).toEqual(oracle[0]?.keep.map(({ id }) => id));
    expect(planned.keep.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(await store.list(filter, bench())).toHaveLength(3);
    const done = await store.expire({ daily: 2 }, { dryRun: false, filter }, bench());
    expect(done.remove).toEqual(planned.remove);
    expect(await store.list(filter, bench())).toHaveLength(2);
    expect(await store.list(tags, bench())).toHaveLength(1);
  });

  test('refuses to expire without a filter or without a rule', async () => {
    const dryRun = false;
    expect(await codeOf(store.expire({ last: 1 }, { dryRun, filter: {} }, bench()))).toBe('expiry-unbounded');
    expect(await codeOf(store.expire({ last: 0 }, { dryRun, filter: tags }, bench()))).toBe('expiry-unbounded');
  });

  test('copies to another store once, says the ids there, also for a copy of a copy', async () => {
    const [ring, cold] = [startRestic({ init: false, password: 'ring password' }), startRestic({ init: false })];
    try {
      const [toRing, toCold] = [open(ring, ring.password, 'ring'), open(cold, cold.password, 'cold')];
      await toRing.prepare(bench(), store);
      await toCold.prepare(bench(), store);
      const ids = await toRing.copyFrom(store, [first], bench());
      expect(await toRing.copyFrom(store, [first], bench())).toEqual(ids);
      const [copied] = await toRing.list(tags, bench());
      expect(copied).toMatchObject({ id: ids[first], original: first, tags });
      const further = await toCold.copyFrom(toRing, [ids[first] ?? ''], bench());
      expect(await toCold.list(tags, bench())).toMatchObject([{ id: further[ids[first] ?? ''], original: first }]);
      await toCold.fetch(further[ids[first] ?? ''] ?? '', join(cold.home, 'out'), bench());
    } finally {
      ring.stop();
      cold.stop();
    }
  });

  test('a wrong password has a code of its own, and the password is nowhere in the error', async () => {
    const error: unknown = await open(repository, 'not the password')
      .list({}, bench())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'store-wrong-password' });
    expect(JSON.stringify(error)).not.toContain('not the password');
  });

  test('a missing repository, a missing snapshot and a missing source have codes of their own', async () => {
    const nowhere = open({ ...repository, path: join(repository.home, 'nowhere') });
    expect(await codeOf(nowhere.list({}, bench()))).toBe('store-missing');
    expect(await codeOf(nowhere.verify({ readData: false }, bench()))).toBe('store-missing');
    expect(await codeOf(store.fetch('deadbeef', join(repository.home, 'none'), bench()))).toBe('snapshot-missing');
    const request = { paths: [join(tree, 'gone')], tags, time: at };
    expect(await codeOf(store.keep(request, bench()))).toBe('source-missing');
  });

  test('a directory that holds something else does not become a repository', async () => {
    expect(await codeOf(open({ ...repository, path: tree }).prepare(bench()))).toBe('store-place-taken');
    expect(readdirSync(tree).sort()).toEqual(['a', 'sub']);
  });

  test('a target that is not empty is refused and left as it is', async () => {
    const into = join(repository.home, 'occupied');
    mkdirSync(into);
    writeFileSync(join(into, 'mine'), 'mine');
    expect(await codeOf(store.fetch(first, into, bench()))).toBe('directory-not-empty');
    expect(readdirSync(into)).toEqual(['mine']);
  });

  test('one flipped byte in any pack is found by reading the data, and by a restore', async () => {
    const copy = duplicate(repository);
    try {
      for (const pack of copy.packs()) flip(pack);
      const damaged = open(copy);
      const verified = await damaged.verify({ readData: true }, bench());
      expect(verified.sound).toBe(false);
      expect(verified.problems.length).toBeGreaterThan(0);
      expect(await codeOf(damaged.fetch(first, join(copy.home, 'out'), bench()))).toBe('store-damaged');
    } finally {
      copy.stop();
    }
  });

  test('one flipped byte in one pack of many is found', async () => {
    const copy = duplicate(repository);
    try {
      const [pack] = copy.packs();
      flip(pack ?? '');
      expect(await open(copy).verify({ readData: true }, bench())).toMatchObject({ sound: false });
    } finally {
      copy.stop();
    }
  });

  test('a file that cannot be read makes the backup fail, and its snapshot does not stay', async () => {
    const before = (await store.list({}, bench())).length;
    const odd = join(repository.home, 'odd');
    mkdirSync(odd);
    writeFileSync(join(odd, 'fine'), 'fine');
    // Reading it fails with EIO for every user.
    const request = { paths: [odd, '/proc/self/mem'], tags: { part: 'odd' }, time: at };
    expect(await codeOf(store.keep(request, bench()))).toBe('backup-incomplete');
    expect(await store.list({}, bench())).toHaveLength(before);
  });

  test('a backup cancelled half-way leaves no process, and nothing that blocks the next one', async () => {
    const big = join(repository.home, 'big');
    mkdirSync(big);
    for (let i = 0; i < 40; i += 1)
      writeFileSync(join(big, String(i)), Buffer.alloc(8_000_000, `${i} ${Math.random()}`));
    const controller = new AbortController();
    const watching = { ...bench(controller.signal), progress: () => controller.abort() };
    expect(await codeOf(store.keep({ paths: [big], tags: { part: 'big' }, time: at }, watching))).toBe('cancelled');
    expect(alive(repository.path)).toEqual([]);
    rmSync(big, { recursive: true });
    await store.keep({ paths: [tree], tags: { part: 'after' }, time: at }, bench());
    expect(await store.verify({ readData: false }, bench())).toMatchObject({ sound: true });
  });

  test('a read-only repository is read without a lock', async () => {
    const subdirectories = ['locks', 'snapshots', 'data', 'index', 'keys'];
    const copy = duplicate(repository);
    try {
      for (const name of subdirectories) chmodSync(join(copy.path, name), 0o555);
      const cold = open(copy);
      expect(await cold.fetch(first, join(copy.home, 'out'), bench())).toMatchObject({ files: 2 });
      expect(await cold.verify({ readData: true }, bench())).toMatchObject({ sound: true });
    } finally {
      for (const name of subdirectories) chmodSync(join(copy.path, name), 0o755);
      copy.stop();
    }
  });
});

describe('pg-dump', () => {
  let server: TestPostgres;
  let restored: TestPostgres;
  let repository: TestRestic;
  let store: Store;
  let work: string;
  let fetched: string;
  const source = postgresSource('pg-dump');

  beforeAll(async () => {
    [server, restored] = await Promise.all([startPostgres({ password: 'a server password' }), startPostgres()]);
    repository = startRestic();
    store = open(repository);
    work = temporaryDirectory();
    await server.sql('create role clerk login password $$clerk$$');
    await server.sql('create database ledger owner clerk');
    await server.sql(
      'create table t (id serial primary key, v text); insert into t (v) select md5(i::text) from generate_series(1, 20000) i',
      'ledger',
    );
    const dump = join(work, 'dump');
    const captured = await holding((snapshot) => source.capture({ ...from(), snapshot }, dump, bench()));
    expect(captured.artifacts.map((artifact) => artifact.path)).toEqual(
      expect.arrayContaining(['dump/toc.dat', 'globals.sql', 'SHA256SUMS']),
    );
    const kept = await store.keep({ paths: [dump], base: dump, tags: { part: 'data' }, time: new Date() }, bench());
    fetched = join(work, 'fetched');
    await store.fetch(kept.snapshot, fetched, bench());
  });
  afterAll(async () => {
    await server?.stop();
    await restored?.stop();
    repository?.stop();
    removeDirectory(work);
  });

  const from = () => ({ connection: server.at('ledger'), bin: server.bin, jobs: 2 });

  function target(): RestoreTarget {
    return { connection: restored.connection, database: 'ledger', jobs: 2, bin: restored.bin };
  }

  /** Holds an exported snapshot while `work` runs. */
  async function holding<Result>(task: (snapshot: string) => Promise<Result>): Promise<Result> {
    const { shareSnapshot } = await import('../../src/checks/postgres/shared-snapshot.ts');
    const shared = await shareSnapshot(server.at('ledger'), 1, bench());
    try {
      return await task(shared.id);
    } finally {
      await shared.close();
    }
  }

  async function changed(change: (directory: string) => void): Promise<string> {
    const copy = join(work, 'changed');
    runUnprivileged('cp', ['-a', fetched, copy]);
    change(copy);
    const code = await codeOf(source.restore(copy, target(), bench()));
    rmSync(copy, { recursive: true });
    expect(await restored.sql("select datname from pg_database where datname = 'ledger'")).toEqual([]);
    return code;
  }

  const dataFile = (directory: string): string =>
    join(
      directory,
      'dump',
      readdirSync(join(directory, 'dump')).find((name) => name.endsWith('.dat') && name !== 'toc.dat') ?? '',
    );

  test('a flipped byte, a dump cut short and a missing file are each found, and nothing is loaded', async () => {
    expect(await changed((directory) => flip(dataFile(directory)))).toBe('dump-damaged');
    expect(await changed((directory) => truncateSync(dataFile(directory), 330))).toBe('dump-damaged');
    expect(await changed((directory) => rmSync(dataFile(directory)))).toBe('dump-damaged');
    expect(await changed((directory) => rmSync(join(directory, 'SHA256SUMS')))).toBe('dump-damaged');
    expect(await changed((directory) => truncateSync(join(directory, 'globals.sql')))).toBe('dump-damaged');
  });

  test('a restore cancelled half-way leaves no process and no half database', async () => {
    const controller = new AbortController();
    const going = source.restore(fetched, target(), bench(controller.signal));
    const ended = codeOf(going);
    await until(async () => (await restored.sql("select 1 from pg_database where datname = 'ledger'")).length > 0);
    controller.abort();
    expect(await ended).toBe('cancelled');
    expect(alive(fetched)).toEqual([]);
    expect(await restored.sql("select 1 from pg_database where datname = 'ledger'")).toEqual([]);
  });

  test('restores roles, owner and rows from the store, and refuses the database once it is there', async () => {
    await source.restore(fetched, target(), bench());
    expect(await restored.sql('select count(*)::int as n from t', 'ledger')).toEqual([{ n: 20_000 }]);
    expect(
      await restored.sql("select pg_get_userbyid(datdba) as owner from pg_database where datname = 'ledger'"),
    ).toEqual([{ owner: 'clerk' }]);
    expect(await codeOf(source.restore(fetched, target(), bench()))).toBe('database-exists');
    expect(await restored.sql('select count(*)::int as n from t', 'ledger')).toEqual([{ n: 20_000 }]);
    await restored.sql('drop database ledger');
  });

  test('one error of the loader is a failed restore, and what was begun is gone', async () => {
    // A value that its column does not take, in a dump whose hashes are right.
    const copy = join(work, 'edited');
    runUnprivileged('cp', ['-a', fetched, copy]);
    const file = dataFile(copy);
    const content = readFileSync(file, 'utf8');
    writeFileSync(file, content.replace('\n2\t', '\nplanted-secret\t'));
    const sums = runUnprivileged(
      'sha256sum',
      readdirSync(join(copy, 'dump'))
        .map((name) => `dump/${name}`)
        .concat('globals.sql'),
      { cwd: copy },
    );
    writeFileSync(join(copy, 'SHA256SUMS'), sums);
    const error: unknown = await source.restore(copy, target(), bench()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'restore-failed' });
    expect(JSON.stringify(error)).not.toContain('planted-secret');
    expect(await restored.sql("select 1 from pg_database where datname = 'ledger'")).toEqual([]);
  });

  test('a dump is loaded under its own name only, into a server that answers', async () => {
    expect(await codeOf(source.restore(fetched, { ...target(), database: 'other' }, bench()))).toBe(
      'dump-of-other-database',
    );
    const connection = { ...restored.connection, port: 1 };
    expect(await codeOf(source.restore(fetched, { ...target(), connection }, bench()))).toBe('database-unreachable');
  });

  test('a wrong password, a missing database and a server that is gone have codes of their own', async () => {
    const into = join(work, 'none');
    const attempt = (connection: object) =>
      codeOf(
        source.capture(
          { ...from(), connection: { ...server.at('ledger'), ...connection }, snapshot: '1' },
          into,
          bench(),
        ),
      );
    expect(await attempt({ password: 'wrong password' })).toBe('database-login-refused');
    expect(await attempt({ database: 'nowhere' })).toBe('database-missing');
    expect(await attempt({ host: '/nonexistent' })).toBe('database-unreachable');
    expect(await attempt({})).toBe('dump-failed');
    expect(existsSync(into) ? readdirSync(into) : []).toEqual([]);
  });

  test('a user who is no superuser gets a dump without passwords of roles, and is told', async () => {
    await server.sql('alter table t owner to clerk; alter sequence t_id_seq owner to clerk', 'ledger');
    const into = join(work, 'clerk');
    const connection = { ...server.at('ledger'), user: 'clerk', password: 'clerk' };
    const captured = await holding((snapshot) => source.capture({ ...from(), connection, snapshot }, into, bench()));
    expect(captured.warnings[0]).toContain('clerk is no superuser');
    expect(readFileSync(join(into, 'globals.sql'), 'utf8')).not.toContain('PASSWORD');
  });

  test('a target that is not empty is refused', async () => {
    const capture = holding((snapshot) => source.capture({ ...from(), snapshot }, fetched, bench()));
    expect(await codeOf(capture)).toBe('directory-not-empty');
  });

  test('a dump cancelled half-way leaves no process and no file', async () => {
    const into = join(work, 'cancelled');
    const controller = new AbortController();
    const ended = holding((snapshot) => {
      const going = codeOf(source.capture({ ...from(), snapshot }, into, bench(controller.signal)));
      return until(async () => existsSync(join(into, 'dump'))).then(() => {
        controller.abort();
        return going;
      });
    });
    expect(await ended).toBe('cancelled');
    expect(alive(into)).toEqual([]);
    expect(readdirSync(into)).toEqual([]);
  });

  async function until(condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 20_000;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error('the condition did not come');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});

import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Facts, type FilesFacts, type PostgresFacts } from '../../src/checks/facts.ts';
import { childAccountNow } from '../../src/process/account.ts';
import { newestPostgres } from '../../src/process/postgres-programs.ts';
import type { TestSite } from '../../test/services/holdfast.ts';
import { asRoot, runUnprivileged, temporaryDirectory, unprivileged } from '../../test/services/programs.ts';
import { root } from './timed.ts';

/** The script that does a drill by hand, ready to be run again and again. */
export interface ByHand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Directory to be removed at the end. */
  readonly home: string;
}

interface Snapshot {
  readonly id: string;
  readonly tags: readonly string[];
}

/**
 * Gives the script what somebody who drills by hand would have recorded at backup time, in files that its programs compare with: as
 * a snapshot of its own in the same store. The content hashes are those that Holdfast recorded.
 */
export async function prepareByHand(site: TestSite): Promise<ByHand> {
  const { world } = site;
  const home = temporaryDirectory('hf-by-hand-');
  const work = join(home, 'work');
  const facts = join(home, 'facts');
  const password = join(home, 'password');
  for (const directory of [work, facts]) makeOwned(directory);
  writeOwned(password, readFileSync(join(world.directory, 'secrets', 'store-password'), 'utf8'));
  const store = world.stores.local;
  const restic = (args: readonly string[], cwd = '/'): string =>
    runUnprivileged('restic', ['--no-cache', ...args], {
      cwd,
      env: { RESTIC_REPOSITORY: store, RESTIC_PASSWORD_FILE: password },
    });
  const snapshots = JSON.parse(restic(['snapshots', '--json'])) as Snapshot[];
  const find = (asset: string, part: string): string =>
    snapshots.find(({ tags }) => tags.includes(`asset=${asset}`) && tags.includes(`part=${part}`))?.id ?? '';
  const read = (asset: string): Facts => Facts.parse(JSON.parse(restic(['dump', find(asset, 'facts'), '/facts.json'])));
  const { bin } = await newestPostgres();
  writeDatabaseFacts(facts, read('records') as PostgresFacts, site, bin);
  writeDocumentFacts(facts, read('documents') as FilesFacts, world.documents);
  restic(['backup', '--tag=by-hand', '.'], facts);
  const after = JSON.parse(restic(['snapshots', '--json', '--tag=by-hand'])) as Snapshot[];
  return {
    ...unprivileged(join(root, 'bench', 'by-hand.sh'), []),
    env: {
      STORE: store,
      PASSWORD_FILE: password,
      DUMP: find('records', 'data'),
      DOCUMENTS: find('documents', 'data'),
      FACTS: after[0]?.id ?? '',
      BIN: bin,
      WORK: work,
    },
    home,
  };
}

function writeDatabaseFacts(directory: string, facts: PostgresFacts, { world }: TestSite, bin: string): void {
  const { connection } = world;
  const env = {
    PGHOST: connection.host,
    PGPORT: String(connection.port),
    PGUSER: connection.user,
    PGDATABASE: connection.database,
    PGPASSWORD: connection.password ?? '',
  };
  const psql = (sql: string): string => runUnprivileged(join(bin, 'psql'), ['-XAtq', `--command=${sql}`], { env });
  const write = (name: string, text: string): void => writeOwned(join(directory, name), text);
  write('database', `${facts.database}\n`);
  write('superuser', `${facts.superuser}\n`);
  const tables = facts.tables.map(
    ({ schema, table, rows, hash }) => `${schema}.${table}|${rows}|${hash.replace(':', '|')}`,
  );
  write('tables', sorted(tables));
  const schema = runUnprivileged(join(bin, 'pg_dump'), ['--schema-only'], { env });
  write('schema.sql', schema.replaceAll(/^\\(un)?restrict .*\n/gm, ''));
  write('sequences', psql('select schemaname, sequencename, last_value from pg_sequences order by 1, 2'));
  const expectations = siteExpectations(world.siteFile);
  expectations.push(['select token from holdfast.canary', facts.canary?.token ?? '']);
  expectations.push(['select count(*) from pg_largeobject_metadata', '0']);
  write('expectations.sql', expectations.map(([query]) => `${query};\n`).join(''));
  write('expectations', expectations.map(([, expected]) => `${expected}\n`).join(''));
}

function writeDocumentFacts(directory: string, facts: FilesFacts, documents: string): void {
  const relative = documents.slice(1);
  const sums = facts.entries.flatMap(({ path, sha256 }) =>
    sha256 === undefined ? [] : [`${sha256}  ${path.slice(1)}\n`],
  );
  writeOwned(join(directory, 'documents.sha256'), sums.join(''));
  writeOwned(join(directory, 'documents.root'), `${relative}\n`);
  const describe =
    /^describe\(\) \{\n(.*?)\n\}/ms.exec(readFileSync(join(root, 'bench', 'by-hand.sh'), 'utf8'))?.[1] ?? '';
  const found = execFileSync('bash', ['-c', `set -- "$1"; ${describe}`, 'describe', relative], {
    cwd: '/',
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  writeOwned(join(directory, 'documents.stat'), sorted(found.trimEnd().split('\n')));
}

/** The demo's site file writes each expectation in one line. */
function siteExpectations(siteFile: string): [string, string][] {
  const found = readFileSync(siteFile, 'utf8').matchAll(/- sql: \{ query: (".*"), expect: (.*) \}/g);
  return [...found].map(([, query = '""', expected = '']) => [JSON.parse(query) as string, expected]);
}

/** As `sort` does under C.UTF-8: by bytes. */
function sorted(lines: readonly string[]): string {
  return lines
    .map((text) => Buffer.from(`${text}\n`))
    .sort(Buffer.compare)
    .join('');
}

function makeOwned(path: string): void {
  mkdirSync(path);
  own(path);
}

function writeOwned(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  own(path);
}

function own(path: string): void {
  const { uid, gid } = childAccountNow();
  if (asRoot) chownSync(path, uid, gid);
}

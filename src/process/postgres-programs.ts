import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { findProgram, searchPath } from './path.ts';
import { run } from './run.ts';

/** The programs of one PostgreSQL version: a dump is made and restored by those of the server's own major. */
export interface PostgresPrograms {
  /** Directory of postgres, initdb, pg_dump, pg_restore and psql. */
  readonly bin: string;
  readonly major: number;
  /** `15.20` */
  readonly version: string;
  /** Whether pg_amcheck is there, which checks pages and indexes. */
  readonly hasAmcheck: boolean;
}

const required = ['postgres', 'initdb', 'pg_dump', 'pg_restore', 'psql'] as const;

/** Directories with one subdirectory for each version, and where the programs lie in it: Debian, PGDG on RHEL, Homebrew. */
const families = [
  { parent: '/usr/lib/postgresql', name: /^\d+$/ },
  { parent: '/usr', name: /^pgsql-\d+$/ },
  { parent: '/opt/homebrew/opt', name: /^postgresql@\d+$/ },
  { parent: '/usr/local/opt', name: /^postgresql@\d+$/ },
] as const;

/** The programs of a major version. Throws `postgres-missing`. */
export async function postgresPrograms(major: number): Promise<PostgresPrograms> {
  const installations = await postgresInstallations();
  const found = installations.find((installation) => installation.major === major);
  if (found !== undefined) return found;
  const others = installations.map(({ version }) => version).join(', ');
  throw new HoldfastError('postgres-missing', { major, found: others === '' ? 'none' : others });
}

/** The programs of the newest PostgreSQL of this machine. Throws `postgres-missing`. */
export async function newestPostgres(): Promise<PostgresPrograms> {
  const [newest] = await postgresInstallations();
  if (newest === undefined) throw new HoldfastError('postgres-missing', { major: '', found: 'none' });
  return newest;
}

let installed: Promise<PostgresPrograms[]> | undefined;

/** Every complete PostgreSQL of this machine, newest first. Asked once per process while there is one. */
export async function postgresInstallations(): Promise<PostgresPrograms[]> {
  installed ??= look();
  const found = await installed;
  // A person may install it while a server runs: ask again then.
  if (found.length === 0) installed = undefined;
  return found;
}

async function look(): Promise<PostgresPrograms[]> {
  const found = new Map<number, PostgresPrograms>();
  for (const bin of await candidates()) {
    const programs = await ask(bin);
    if (programs !== undefined && !found.has(programs.major)) found.set(programs.major, programs);
  }
  return [...found.values()].sort((a, b) => b.major - a.major);
}

async function candidates(): Promise<Set<string>> {
  const directories = new Set<string>();
  for (const { parent, name } of families) {
    for (const entry of await readdir(parent).catch(() => [])) {
      if (name.test(entry)) directories.add(join(parent, entry, 'bin'));
    }
  }
  // Debian's wrappers in /usr/bin have no `postgres` beside them, so they are not taken for the programs themselves.
  const onPath = findProgram('postgres', searchPath());
  if (onPath !== undefined) directories.add(dirname(onPath));
  return directories;
}

async function ask(bin: string): Promise<PostgresPrograms | undefined> {
  if (required.some((name) => findProgram(join(bin, name)) === undefined)) return undefined;
  const command = { program: join(bin, 'postgres'), args: ['--version'] };
  const finished = await run(command, { signal: new AbortController().signal, timeoutMs: 10_000 }).catch(
    () => undefined,
  );
  const version = /\d+(?:\.\d+)*/.exec(finished?.ok === true ? finished.stdout : '')?.[0];
  if (version === undefined) return undefined;
  const hasAmcheck = findProgram(join(bin, 'pg_amcheck')) !== undefined;
  return { bin, major: Number.parseInt(version, 10), version, hasAmcheck };
}

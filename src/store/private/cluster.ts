import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { initCluster } from '../../process/postgres/init-cluster.ts';
import { isAlive } from '../../process/postgres/postmaster.ts';
import { run } from '../../process/run.ts';
import type { Account } from '../../process/types.ts';
import { type Layout, layout, superuser } from './layout.ts';
import { findRuntime, type Runtime } from './runtime.ts';

/** The private cluster: made, and with the programs that read it. */
export interface PrivateCluster {
  readonly layout: Layout;
  readonly runtime: Runtime;
  readonly password: string;
}

/**
 * Sees to it that the data directory has its database. It is made aside and appears complete by one rename, so that a crash
 * leaves none or a whole one, and of two processes that make it at once one gives way.
 */
export async function ensureCluster(directory: string, account: Account, signal: AbortSignal): Promise<PrivateCluster> {
  const dataDirectory = await prepareDataDirectory(directory, account, signal);
  const places = layout(dataDirectory);
  const major = await majorOf(places.cluster);
  const runtime = await findRuntime(dataDirectory, account, major, signal);
  if (major === undefined) await makeDatabase(dataDirectory, places, runtime, account, signal);
  await removeUnfinished(dataDirectory);
  const password = (await readFile(places.password, 'utf8')).trim();
  return { layout: places, runtime, password };
}

async function prepareDataDirectory(directory: string, account: Account, signal: AbortSignal): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const dataDirectory = await realpath(directory);
  if (process.getuid?.() !== 0) return dataDirectory;
  // The server's account must pass through to its cluster. It may not list the directory, and every secret in it is 0600.
  const { mode } = await stat(dataDirectory);
  if ((mode & 0o011) !== 0o011) await chmod(dataDirectory, (mode & 0o777) | 0o011);
  for (let above = dirname(dataDirectory); above !== dirname(above); above = dirname(above)) {
    const entered = await run({ program: 'test', args: ['-x', above], account }, { signal, timeoutMs: 10_000 });
    if (entered.cancelled) throw new HoldfastError('cancelled', { what: 'Opening the store' });
    if (!entered.ok) {
      throw new HoldfastError('store-unreachable-account', { account: account.name, directory: above });
    }
  }
  return dataDirectory;
}

async function majorOf(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

async function makeDatabase(
  dataDirectory: string,
  places: Layout,
  runtime: Runtime,
  account: Account,
  signal: AbortSignal,
): Promise<void> {
  const aside = `${places.home}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(aside, { mode: 0o711 });
    // Past the umask: the account passes through this directory to its cluster.
    await chmod(aside, 0o711);
    const password = randomBytes(32).toString('base64url');
    await writeFile(join(aside, 'password'), `${password}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await initCluster(
      { bin: runtime.bin, data: join(aside, 'cluster'), superuser, account, auth: { password } },
      { signal, timeoutMs: 120_000 },
    );
    await rename(aside, places.home);
    await syncDirectory(dataDirectory);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another process was faster: its database is as good.
    if ((await majorOf(places.cluster)) === undefined) throw error;
  }
}

/** What a process that died while it made the database left behind. */
async function removeUnfinished(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    const pid = /^database\.new-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || Number(pid) === process.pid || (await isAlive(Number(pid)))) continue;
    await rm(join(dataDirectory, name), { recursive: true, force: true });
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

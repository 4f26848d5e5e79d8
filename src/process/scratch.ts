import { chmodSync, lstatSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { chmod, chown, lstat, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { accountNamed, currentAccount, unprivilegedNames } from './account.ts';
import { processEntry } from './listing.ts';
import type { Account } from './types.ts';

/** A temporary directory of one account, mode 0700. */
export interface Scratch {
  readonly path: string;
  /** Removes it with all it holds. Doing it twice is no error. */
  remove(): Promise<void>;
}

export interface ScratchOptions {
  /** Whose it is: root makes directories for the account its children run as. Default: the current user. */
  readonly account?: Account;
  /** Directly under /tmp, so that a unix socket in it stays below the 107 bytes that Linux allows (104 on macOS). */
  readonly short?: boolean;
}

const living = new Set<string>();
let watchesExit = false;

/**
 * Makes a temporary directory. Its name says which process it belongs to: the first call in a process sweeps away what
 * killed ones left. What is still there when Holdfast exits by itself is removed then.
 */
export async function scratch(prefix: string, options: ScratchOptions = {}): Promise<Scratch> {
  const base = options.short === true ? '/tmp' : await reachableTemporaryDirectory();
  await sweepOnce();
  const path = await mkdtemp(join(base, `holdfast-${prefix}-${process.pid}-${ownStart()}-${ownNamespace()}-`));
  living.add(path);
  watchExit();
  const { account } = options;
  if (account !== undefined && account.uid !== currentAccount().uid) await chown(path, account.uid, account.gid);
  return {
    path,
    async remove() {
      await removeTree(path);
      living.delete(path);
    },
  };
}

/**
 * Removes a directory with all it holds, also what its owner made unreadable. Links are removed, never followed. What is
 * not there is no error.
 */
export async function removeTree(path: string): Promise<void> {
  const top = await lstat(path).catch(() => undefined);
  if (top === undefined) return;
  if (top.isDirectory() && process.getuid?.() === 0 && top.uid !== 0) {
    // Nobody may swap a directory for a link while root goes through it.
    await chown(path, 0, 0);
    await chmod(path, 0o700);
  }
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    await makeRemovable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes the directories of Holdfast processes that are dead. Returns their paths. */
export async function sweepScratch(): Promise<string[]> {
  const removed: string[] = [];
  const owners = await ownUsers();
  for (const base of new Set(['/tmp', tmpdir()])) {
    for (const name of await readdir(base).catch(() => [])) {
      const owner = scratchOwner(name);
      if (owner === undefined || processEntry(owner.pid)?.started === owner.started) continue;
      const path = join(base, name);
      const entry = await lstat(path).catch(() => undefined);
      if (entry === undefined || !entry.isDirectory() || !owners.has(entry.uid)) continue;
      await removeTree(path);
      removed.push(path);
    }
  }
  return removed;
}

/** The process that a scratch directory's name tells of; undefined when the name is none of ours, or of another container. */
export function scratchOwner(name: string): { readonly pid: number; readonly started: number } | undefined {
  const [, pid, started, namespace] = /^holdfast-[a-z0-9-]+?-(\d+)-(\d+)-([a-z0-9]+)-[A-Za-z0-9]{6}$/.exec(name) ?? [];
  return namespace === ownNamespace() ? { pid: Number(pid), started: Number(started) } : undefined;
}

let swept: Promise<unknown> | undefined;

function sweepOnce(): Promise<unknown> {
  // What cannot be removed now is no reason not to work; the next start tries again.
  swept ??= sweepScratch().catch(() => undefined);
  return swept;
}

let namespace: string | undefined;

/** Containers may share /tmp and have process numbers of their own: what is dead here may live there. */
function ownNamespace(): string {
  namespace ??= readNamespace();
  return namespace;
}

function readNamespace(): string {
  try {
    return Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0).toString(36);
  } catch {
    return '0';
  }
}

let start: number | undefined;

function ownStart(): number {
  start ??= processEntry(process.pid)?.started ?? 0;
  return start;
}

/** Root's TMPDIR may lie where an unprivileged account cannot reach it. */
async function reachableTemporaryDirectory(): Promise<string> {
  const base = tmpdir();
  if (currentAccount().uid !== 0) return base;
  for (let path = base; path !== dirname(path); path = dirname(path)) {
    const entry = await stat(path).catch(() => undefined);
    if (entry === undefined || (entry.mode & 0o001) === 0) return '/tmp';
  }
  return base;
}

async function ownUsers(): Promise<Set<number>> {
  const current = currentAccount();
  const users = new Set([current.uid]);
  if (current.uid !== 0) return users;
  for (const name of unprivilegedNames) {
    const account = await accountNamed(name).catch(() => undefined);
    if (account !== undefined) users.add(account.uid);
  }
  return users;
}

async function makeRemovable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeRemovable(join(directory, entry.name));
  }
}

function watchExit(): void {
  if (watchesExit) return;
  watchesExit = true;
  process.on('exit', () => {
    for (const path of living) removeNow(path);
  });
}

/** Exit handlers cannot wait. Processes were killed before: their handler was registered first, or is harmless later. */
function removeNow(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    try {
      makeRemovableNow(path);
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Left for sweepScratch of the next start.
    }
  }
}

function makeRemovableNow(directory: string): void {
  if (!lstatSync(directory).isDirectory()) return;
  chmodSync(directory, 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) makeRemovableNow(join(directory, entry.name));
  }
}

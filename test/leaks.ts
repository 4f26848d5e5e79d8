import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childAccountNow, currentAccount } from '../src/process/account.ts';
import { environmentHolds, livingProcesses, type ProcessEntry, processEntry } from '../src/process/listing.ts';
import { scratchOwner } from '../src/process/scratch.ts';
import { markVariable } from '../src/process/tree.ts';

/** How long what a test ended may take to be gone. */
const limitMs = 3000;

/** Each run has a temporary directory of its own; what is in it at the end was left behind. */
const runDirectory = /^hft-/;

/**
 * Fails the run when its tests left anything behind: a process, a temporary directory, a mount, or markers of steps on this machine. Everything that the
 * tests start inherits a mark and a temporary directory; a process is known by the mark, by its working directory, its home or
 * its arguments.
 */
export default function setup(): () => Promise<void> {
  const mark = randomBytes(8).toString('hex');
  const outer = process.env[markVariable];
  process.env[markVariable] = outer === undefined ? mark : `${outer}:${mark}`;
  const outerDirectory = process.env.TMPDIR;
  const directory = mkdtempSync('/tmp/hft-');
  // The accounts that children run as make their directories in it too.
  chmodSync(directory, 0o1777);
  process.env.TMPDIR = directory;
  const before: Before = {
    mark,
    directory,
    started: processEntry(process.pid)?.started ?? 0,
    others: otherRuns(directory),
    existing: new Set([...abandoned(), ...markers()]),
  };
  return async () => {
    const left = await settled(before);
    if (outerDirectory === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outerDirectory;
    if (!mountPoints().some((path) => path.startsWith(directory))) rmSync(directory, { recursive: true, force: true });
    if (left.length === 0) return;
    // vitest prints what a teardown throws and still ends with 0.
    process.exitCode = 1;
    throw new Error(`The tests left behind:\n${left.map((line) => `  ${line}`).join('\n')}`);
  };
}

interface Before {
  readonly mark: string;
  readonly directory: string;
  readonly started: number;
  /** Directories of other runs that were under way. */
  readonly others: readonly string[];
  readonly existing: ReadonlySet<string>;
}

async function settled(before: Before): Promise<string[]> {
  const end = Date.now() + limitMs;
  let left = leftBehind(before);
  while (left.length > 0 && Date.now() < end) {
    await delay(100);
    left = leftBehind(before);
  }
  return left;
}

function leftBehind(before: Before): string[] {
  // While another run is under way, nobody can tell whose a directory in /tmp or a home is.
  const alone = before.others.length === 0 && otherRuns(before.directory).length === 0;
  const directories = [
    ...readdirSync(before.directory).map((name) => join(before.directory, name)),
    ...(alone ? [...abandoned(), ...markers()].filter((path) => !before.existing.has(path)) : []),
  ];
  const roots = [before.directory, ...directories];
  const processes = livingProcesses().filter((entry) => isLeft(entry, before, roots));
  const mounts = mountPoints().filter((path) => roots.some((root) => isWithin(path, root)));
  return [
    ...processes.map(({ pid }) => `process ${pid}: ${commandLine(pid)}`),
    ...mounts.map((path) => `mount ${path}`),
    ...directories.map((path) => `directory ${path}`),
  ];
}

function isLeft(entry: ProcessEntry, before: Before, roots: readonly string[]): boolean {
  if (entry.pid === process.pid || entry.started < before.started) return false;
  const command = commandLine(entry.pid);
  // The runner's own workers end after this.
  if (entry.parent === process.pid && command.includes('/node_modules/')) return false;
  if (entry.parent === process.pid || environmentHolds(entry.pid, before.mark)) return true;
  // A shell of a login there has nothing of its parents but its home.
  if (environmentHolds(entry.pid, `=${before.directory}/`)) return true;
  const directory = workingDirectory(entry.pid);
  return roots.some((root) => isWithin(directory, root) || command.includes(root));
}

/** Directories directly in /tmp, where sockets need short paths, whose Holdfast process is dead. */
function abandoned(): string[] {
  return readdirSync('/tmp')
    .filter((name) => {
      const owner = scratchOwner(name);
      return owner !== undefined && processEntry(owner.pid)?.started !== owner.started;
    })
    .map((name) => join('/tmp', name));
}

/** Where runs on this machine itself note what became of their steps: in the homes of the accounts that they use, gone when the run is over. */
function markers(): string[] {
  return [childAccountNow(), currentAccount()]
    .flatMap(({ uid, home }) => [
      join(home, '.local/state/holdfast-steps'),
      `/var/tmp/holdfast-steps-${uid}`,
      `/tmp/holdfast-steps-${uid}`,
    ])
    .flatMap((place) => (existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : []));
}

/** Other runs of these tests, known by their directories. A run inside a run counts as the outer one's. */
function otherRuns(own: string): string[] {
  return readdirSync('/tmp').filter((name) => runDirectory.test(name) && name !== basename(own));
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function commandLine(pid: number): string {
  return read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim());
}

function workingDirectory(pid: number): string {
  return read(() => readlinkSync(`/proc/${pid}/cwd`));
}

function mountPoints(): string[] {
  return read(() => readFileSync('/proc/self/mounts', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
}

/** Empty where the system has no /proc, for what is gone, and for what is none of ours. */
function read(what: () => string): string {
  try {
    return what();
  } catch {
    return '';
  }
}

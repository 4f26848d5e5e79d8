import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { livingProcesses, type ProcessEntry, processEntry } from '../../src/process/listing.ts';
import { scratchOwner } from '../../src/process/scratch.ts';

export type Started = Pick<ProcessEntry, 'pid' | 'started'>;

/** A process and everything that came of it, as far as its parents can be followed. */
export function familyOf(pid: number): readonly Started[] {
  const all = livingProcesses();
  const found = new Set([pid]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const entry of all) if (found.has(entry.parent)) found.add(entry.pid);
  }
  return all.filter((entry) => found.has(entry.pid));
}

/** Those of `processes` that are alive, as command lines; waits up to 20 s for the last to go. */
export async function survivors(processes: readonly Started[], except: readonly number[] = []): Promise<string[]> {
  const alive = () =>
    processes.filter(({ pid, started }) => {
      // One that was gone when it was noted has no start, and neither has one that is gone now.
      const now = processEntry(pid);
      return now !== undefined && now.started === started && !isOf(pid, except);
    });
  // One look decides: a server's child that ends between two looks is neither its child nor gone for a moment.
  let left = alive();
  for (const until = performance.now() + 20_000; left.length > 0 && performance.now() < until; left = alive()) {
    await delay(20);
  }
  return left.map(({ pid }) => `${pid} ${commandLine(pid)}`);
}

/** Every process that works in, or names, something below one of these directories. */
export function processesAt(...directories: readonly string[]): string[] {
  const own = processEntry(process.pid);
  return livingProcesses()
    .filter(({ pid }) => pid !== own?.pid)
    .map(({ pid }) => ({ pid, place: workingDirectory(pid), command: commandLine(pid) }))
    .filter(({ place, command }) => directories.some((path) => place.startsWith(path) || command.includes(path)))
    .map(({ pid, command }) => `${pid} ${command}`);
}

/** Temporary directories whose names say that one of these processes made them. */
export function scratchOf(pids: Iterable<number>): string[] {
  const owners = new Set(pids);
  return ['/tmp', '/var/tmp'].flatMap((base) =>
    readdirSync(base)
      .filter((name) => owners.has(scratchOwner(name)?.pid ?? 0))
      .map((name) => join(base, name)),
  );
}

/** What stands in the directory for work under way; empty when all of it was cleaned up. */
export function workUnder(data: string): string[] {
  const directory = join(data, 'runs');
  return existsSync(directory) ? readdirSync(directory, { recursive: true }).map(String) : [];
}

/** Mount points below a directory. */
export function mountsAt(directory: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(directory));
}

/** Process number of the server of a data directory; 0 when it has none. */
export function serverOf(data: string): number {
  try {
    return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}

function isOf(pid: number, servers: readonly number[]): boolean {
  return servers.includes(pid) || servers.includes(processEntry(pid)?.parent ?? -1);
}

/** A process as it was called; empty when it is gone. */
export function commandLine(pid: number): string {
  return read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim());
}

function workingDirectory(pid: number): string {
  return read(() => readlinkSync(`/proc/${pid}/cwd`));
}

/** Empty for what is gone meanwhile. */
function read(what: () => string): string {
  try {
    return what();
  } catch {
    return '';
  }
}

/** Ids of the runs that still have markers of their steps in the home of an account of this machine. */
export function markedRuns({ home }: { readonly home: string }): string[] {
  const steps = join(home, '.local/state/holdfast-steps');
  return existsSync(steps) ? readdirSync(steps) : [];
}

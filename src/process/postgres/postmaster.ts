import { link, readFile, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server writes into `postmaster.pid` of its data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketDirectory: string;
  /** Its own words: `starting`, `ready`, `stopping`, `standby`. */
  readonly status: string;
  readonly text: string;
}

/** Reads `postmaster.pid`; undefined when there is none or it is not complete yet. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  let text: string;
  try {
    text = await readFile(join(data, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return {
    pid,
    port: Number.isInteger(port) ? port : 0,
    socketDirectory: lines[4] ?? '',
    status: lines[7] ?? '',
    text,
  };
}

/** Whether a process with this id exists, whoever owns it. A zombie counts as gone. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch (error) {
    // No /proc (macOS): the signal's answer stands. With /proc and no such entry it has just gone.
    return process.platform !== 'linux' || (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/**
 * Whether `pid` can be the server of this data directory. Process ids are given anew after a restart, above all in
 * containers, where a left-over postmaster.pid may name a stranger; PostgreSQL then refuses to start. A postmaster works in
 * its data directory, so /proc tells them apart; where it cannot be read the answer is yes, which leaves things alone.
 */
export async function mayBeServerOf(pid: number, data: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === data;
  } catch {
    return true;
  }
}

/**
 * Removes a left-over `postmaster.pid`. Two processes may do this at once while a third starts the server: the file is
 * moved aside first and looked at again, and a new one taken by mistake is put back.
 */
export async function removeStalePostmaster(data: string, stale: Postmaster): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const aside = `${file}.stale-${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')).split('\n')[0] !== stale.text.split('\n')[0]) {
    await link(aside, file).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

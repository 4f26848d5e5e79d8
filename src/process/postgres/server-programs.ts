import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One installation of PostgreSQL's server. */
export interface ServerPrograms {
  /** Directory of `postgres` and `initdb`. */
  readonly bin: string;
  readonly major: number;
  /** As it says itself: `15.14`. */
  readonly version: string;
}

/** Directories that hold one installation for each major version. */
const families = ['/usr/lib/postgresql', '/usr/local/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr'];

/** PostgreSQL servers installed on this machine, newest major first. Debian and Ubuntu, Fedora, Homebrew. */
export async function findServerPrograms(): Promise<readonly ServerPrograms[]> {
  const found: ServerPrograms[] = [];
  for (const bin of await candidates()) {
    const programs = await serverProgramsIn(bin);
    if (programs !== undefined) found.push(programs);
  }
  return found.sort((a, b) => b.major - a.major);
}

/** The installation in one directory; undefined when it is not complete or does not run. */
export async function serverProgramsIn(bin: string): Promise<ServerPrograms | undefined> {
  try {
    await access(join(bin, 'initdb'));
    const { stdout } = await promisify(execFile)(join(bin, 'postgres'), ['--version'], { timeout: 10_000 });
    const version = /(\d+)(?:\.\d+|devel|beta\d+|rc\d+)?/.exec(stdout);
    return version === null ? undefined : { bin, major: Number(version[1]), version: version[0] };
  } catch {
    return undefined;
  }
}

async function candidates(): Promise<readonly string[]> {
  const bins: string[] = ['/usr/bin', '/usr/local/pgsql/bin'];
  for (const family of families) {
    for (const name of await readdir(family).catch(() => [])) {
      if (/^(\d+|pgsql-\d+|postgresql@\d+)$/.test(name)) bins.push(join(family, name, 'bin'));
    }
  }
  return bins;
}

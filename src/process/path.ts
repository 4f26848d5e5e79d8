import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, resolve } from 'node:path';

/** Where programs are looked for when Holdfast was started without a PATH, as cron does. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The PATH that children get. Homebrew's directory is added: a Mac started from launchd does not have it. */
export function searchPath(): string {
  const path = process.env.PATH === undefined || process.env.PATH === '' ? systemPath : process.env.PATH;
  return process.platform === 'darwin' && !path.includes('/opt/homebrew/bin') ? `${path}:/opt/homebrew/bin` : path;
}

/** Absolute path of a program that may be executed; undefined when there is none. */
export function findProgram(program: string, path = searchPath(), cwd = process.cwd()): string | undefined {
  if (program.includes('/')) {
    const absolute = isAbsolute(program) ? program : resolve(cwd, program);
    return isExecutable(absolute) ? absolute : undefined;
  }
  for (const directory of path.split(delimiter)) {
    const candidate = resolve(directory === '' ? cwd : directory, program);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    // Asked without an exception for what is not there: one for each directory of PATH would cost more than a start.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { HoldfastError } from '../errors/holdfast-error.ts';

const limitMs = 60_000;

/**
 * Waits until no process works in a directory or names it on its command line. What a killed Holdfast had started dies with
 * it, but not in the same instant; until then it may still write there, and a second database server on one data directory
 * would destroy it. Throws `directory-busy` after a minute, `cancelled`.
 */
export async function untilAbandoned(directory: string, signal: AbortSignal, timeoutMs = limitMs): Promise<void> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const [busy] = await processesIn(directory);
    if (busy === undefined) return;
    if (signal.aborted) throw new HoldfastError('cancelled', { what: `Waiting for ${directory}` });
    if (performance.now() > until) throw new HoldfastError('directory-busy', { directory, pid: busy });
    await delay(50);
  }
}

async function processesIn(directory: string): Promise<number[]> {
  if (process.platform !== 'linux') return await processesNaming(directory);
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    // What cannot be read belongs to somebody else, or is gone.
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (isWithin(place, directory) || words.split('\0').some((word) => names(word, directory))) found.push(pid);
  }
  return found;
}

async function processesNaming(directory: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,command='], { maxBuffer: 64 << 20 });
  return stdout
    .split('\n')
    .filter((line) => names(line, directory))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid !== process.pid);
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

/** `--target=/x/data`, `-D /x/pgdata`, `/x`: the directory, and not another whose name begins alike. */
function names(text: string, directory: string): boolean {
  const after = text.indexOf(directory) < 0 ? undefined : text.slice(text.indexOf(directory) + directory.length);
  return after !== undefined && /^(?:$|[/\s:'"])/.test(after);
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Timed {
  /** From spawn to exit. */
  readonly wallMs: number;
  readonly stdout: string;
  readonly stderr: string;
  /** `Date.now()` at spawn and at exit. */
  readonly from: number;
  readonly to: number;
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

/** Aborted by Ctrl-C: a benchmark ends what it started and removes what it made. */
export const interrupted = stop.signal;

/** Runs a program to its end and measures it. Throws, with its standard error, when it does not succeed. */
export async function timed(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Timed> {
  interrupted.throwIfAborted();
  const from = Date.now();
  const begun = performance.now();
  const child = spawn(program, args, {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wallMs = performance.now() - begun;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return { wallMs, stdout, stderr, from, to: Date.now() };
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Timed {
  /** From spawn to exit. */
  readonly wallMs: number;
  /** Processor time of the program and of all that it waited for, user and system. */
  readonly cpuMs: number;
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
  // The shell tells the processor time of everything that was waited for; nothing else does without a program of its own.
  const child = spawn(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; exec 4>&2; { time "$@" 2>&4 3>&- 4>&-; } 2>&3', 'timed', program, ...args],
    {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1', ...env },
    },
  );
  const output = ['', '', '', ''];
  for (const index of [1, 2, 3]) {
    child.stdio[index]?.on('data', (chunk: Buffer) => {
      output[index] += chunk.toString('utf8');
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wallMs = performance.now() - begun;
  const [, stdout = '', stderr = '', times = ''] = output;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  const cpuMs = times
    .trim()
    .split(' ')
    .reduce((sum, seconds) => sum + Number(seconds) * 1000, 0);
  return { wallMs, cpuMs, stdout, stderr, from, to: Date.now() };
}

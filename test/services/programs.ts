import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childAccountNow } from '../../src/process/account.ts';

/** True where tests run as root: services then run as the account that Holdfast's own children run as. */
export const asRoot = process.getuid?.() === 0;

/** A short temporary directory that the services' account owns. Short, because a socket's path has 107 bytes at most. */
export function temporaryDirectory(prefix = 'hf-', base = tmpdir()): string {
  const directory = mkdtempSync(join(base, prefix));
  if (asRoot) chownSync(directory, childAccountNow().uid, childAccountNow().gid);
  return directory;
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** A program and its arguments as the unprivileged account runs them; on Linux they die with the test process. */
export function unprivileged(program: string, args: readonly string[]): { program: string; args: string[] } {
  if (process.platform !== 'linux') return { program, args: [...args] };
  const { uid, gid } = childAccountNow();
  const drop = asRoot ? [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] : [];
  return { program: 'setpriv', args: [...drop, '--pdeathsig=QUIT', '--', program, ...args] };
}

/** Runs a program to its end as the unprivileged account and gives its output. Throws with its standard error. */
export function runUnprivileged(
  program: string,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string; readonly input?: string } = {},
): string {
  const wrapped = unprivileged(program, args);
  return execFileSync(wrapped.program, wrapped.args, {
    encoding: 'utf8',
    cwd: options.cwd ?? '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', HOME: '/nonexistent', ...options.env },
    input: options.input ?? '',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
  });
}

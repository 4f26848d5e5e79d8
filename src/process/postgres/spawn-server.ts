import { spawn } from 'node:child_process';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readTail } from './log-tail.ts';
import { isAlive, mayBeServerOf, readPostmaster, removeStalePostmaster } from './postmaster.ts';
import type { ServerSpec, StopMode } from './types.ts';

/** A server process that was started, whether or not it accepts connections yet. */
export interface Spawned {
  readonly pid: number;
  /** How it ended, in words; undefined while it runs. */
  ended(): string | undefined;
  /** Whether the server that answers on the socket is this one, and ready. */
  isReady(): Promise<boolean>;
  logTail(): Promise<readonly string[]>;
  stop(mode: StopMode, timeoutMs: number): Promise<void>;
}

export const stopSignals = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

export function serverArguments(spec: ServerSpec): string[] {
  const settings: Record<string, string> = {
    listen_addresses: spec.listen ?? '',
    unix_socket_directories: spec.socketDirectory,
    unix_socket_permissions: '0700',
    port: String(spec.port),
    ...spec.settings,
  };
  return ['-D', spec.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Starts a server in a session of its own, with its log in a file: it outlives this process. */
export async function spawnDetached(spec: ServerSpec, log: string): Promise<Spawned> {
  const data = await realpath(spec.data);
  await clearLeftover(data);
  const file = await open(log, 'a', 0o600);
  const logStart = (await file.stat()).size;
  const child = spawn(join(spec.bin, 'postgres'), serverArguments(spec), {
    // Files for output: a pipe would break when this process dies, and the server's next log line with it.
    stdio: ['ignore', file.fd, file.fd],
    detached: true,
    cwd: data,
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', HOME: spec.account?.home ?? '/', ...spec.env },
    // Node also drops all supplementary groups when root takes another user id.
    ...(spec.account !== undefined && process.getuid?.() === 0 ? { uid: spec.account.uid, gid: spec.account.gid } : {}),
  });
  let ended: string | undefined;
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code, signal) => {
    ended = signal ?? `exit code ${code}`;
  });
  child.unref();
  await file.close();
  const pid = child.pid ?? 0;
  return {
    pid,
    ended: () => ended,
    isReady: async () => (await readPostmaster(data))?.pid === pid,
    logTail: () => readTail(log, logStart),
    stop: (mode, timeoutMs) =>
      stopProcess(pid, mode, timeoutMs, async () => ended === undefined && (await isAlive(pid))),
  };
}

/** Stops a server by its process id: first as asked, after `timeoutMs` with `immediate`, then with SIGKILL. */
export async function stopProcess(
  pid: number,
  mode: StopMode,
  timeoutMs: number,
  alive: () => Promise<boolean> = () => isAlive(pid),
): Promise<void> {
  for (const [signal, limit] of [
    [stopSignals[mode], timeoutMs],
    [stopSignals.immediate, 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (pid <= 1 || !(await alive())) return;
    send(pid, signal);
    const until = performance.now() + limit;
    while (performance.now() < until) {
      if (!(await alive())) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Removes a `postmaster.pid` whose process is certainly not this cluster's server. */
export async function clearLeftover(data: string): Promise<void> {
  const found = await readPostmaster(data);
  if (found !== undefined && !(await mayBeServerOf(found.pid, data))) await removeStalePostmaster(data, found);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

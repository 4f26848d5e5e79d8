import { join } from 'node:path';
import { start } from '../start.ts';
import type { Finished } from '../types.ts';
import { lastLines } from './log-tail.ts';
import { readPostmaster } from './postmaster.ts';
import { clearLeftover, type Spawned, serverArguments, stopSignals } from './spawn-server.ts';
import type { ServerSpec } from './types.ts';

/** Starts a server that goes when Holdfast goes. `data` is the data directory on this side of the sandbox. */
export async function spawnAttached(spec: ServerSpec, data: string): Promise<Spawned> {
  await clearLeftover(data);
  const lines: string[] = [];
  let ended: Finished | undefined;
  const service = start(
    {
      program: join(spec.bin, 'postgres'),
      args: serverArguments(spec),
      ...(spec.env ? { env: spec.env } : {}),
      ...(spec.account ? { account: spec.account } : {}),
      ...(spec.sandbox ? { sandbox: spec.sandbox } : { cwd: data }),
    },
    {
      onStderrLine: (line) => {
        lines.push(line);
        if (lines.length > 60) lines.splice(0, 30);
      },
    },
  );
  service.exited.then(
    (finished) => {
      ended = finished;
    },
    () => undefined,
  );
  return {
    pid: service.pid,
    ended: () => (ended === undefined ? undefined : (ended.signal ?? `exit code ${ended.exitCode}`)),
    // In a sandbox the server has another process id inside; it ended by itself if it was not the one to get the directory.
    isReady: async () => spec.sandbox !== undefined || (await readPostmaster(data))?.pid === service.pid,
    logTail: async () => lastLines(lines.join('\n')),
    stop: async (mode, timeoutMs) => {
      await service.stop(stopSignals[mode], timeoutMs);
    },
  };
}

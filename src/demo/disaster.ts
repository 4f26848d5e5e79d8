import { lstat, readlink, realpath, rm } from 'node:fs/promises';
import { sep } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { isAlive, readPostmaster } from '../process/postgres/postmaster.ts';
import { stopProcess } from '../process/postgres/spawn-server.ts';
import { readMarker } from './marker.ts';
import type { World } from './world.ts';

export interface Disaster {
  /** The moment of loss: just before the server was killed. */
  readonly at: Date;
  /** Process id of the server that was killed; null when none was running. */
  readonly killed: number | null;
}

/**
 * The disaster of the demo: the server is killed with SIGKILL, then its data directory and the documents are removed. Strikes only what
 * `createWorld` of this very run made: everything is verified before anything is touched. Throws `demo-world-not-ours`.
 */
export async function destroyWorld(world: World): Promise<Disaster> {
  await verifyOurs(world);
  const pid = await serverOf(world);
  const at = new Date();
  if (pid !== null) {
    process.kill(pid, 'SIGKILL');
    await untilGone(pid, world);
  }
  await rm(world.data, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  await rm(world.documents, { recursive: true, force: true });
  return { at, killed: pid };
}

/** Ends the demo site: stops whatever server runs on its data directory, the recovered one too. Files stay, to be looked at. */
export async function closeWorld(world: World): Promise<void> {
  await world.server.stop('fast', 10_000);
  const pid = (await isOurs(world)) ? await serverOf(world) : null;
  if (pid !== null) await stopProcess(pid, 'fast', 10_000);
  await rm(world.socketDirectory, { recursive: true, force: true });
}

async function verifyOurs(world: World): Promise<void> {
  if (!(await isOurs(world))) throw refused(world, 'it has no marker of this run');
  for (const path of [world.data, world.documents]) {
    if (!path.startsWith(world.directory + sep)) throw refused(world, `${path} lies outside it`);
    const entry = await lstat(path).catch(() => undefined);
    if (entry === undefined) continue;
    // A link in the way would lead the removal, or the search for the server, somewhere else.
    if (!entry.isDirectory() || (await realpath(path)) !== path)
      throw refused(world, `${path} is not where it was made`);
  }
}

async function isOurs(world: World): Promise<boolean> {
  return world.id.length >= 32 && (await readMarker(world.directory)) === world.id;
}

/** The server of this data directory, verified to be that; null when none runs. */
async function serverOf(world: World): Promise<number | null> {
  const found = await readPostmaster(world.data);
  if (found === undefined || !(await isAlive(found.pid))) return null;
  const { pid } = found;
  if (process.platform === 'linux') {
    // A postmaster works in its data directory. Process ids are given anew: the file alone proves nothing.
    const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (directory !== world.data) throw refused(world, `process ${pid} is not the server of ${world.data}`);
  } else if (pid !== world.server.pid) {
    throw refused(world, `process ${pid} is not the server that this run started`);
  }
  return pid;
}

/** The server's own children notice its death within moments; none may write while the directory is removed. */
async function untilGone(pid: number, world: World): Promise<void> {
  if (pid === world.server.pid) await world.server.stop('immediate', 5000);
  await stopProcess(pid, 'immediate', 5000);
}

function refused(world: World, reason: string): HoldfastError {
  return new HoldfastError('demo-world-not-ours', { directory: world.directory, reason });
}

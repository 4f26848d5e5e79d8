import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { clientEnvironment, databaseArgument } from '../../engines/postgres-client.ts';
import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { run } from '../../process/run.ts';
import type { Sandbox } from '../../process/types.ts';
import { type CannotRun, check, type Findings } from '../result.ts';
import type { CheckResult } from '../types.ts';
import { openSession, type Session } from './session.ts';

export interface AmcheckTarget {
  /** A superuser's connection: amcheck reads pages. */
  readonly connection: PostgresConnection;
  /** Programs of the server's major version. */
  readonly bin: string;
  readonly sandbox?: Sandbox;
}

const day = 86_400_000;
const home = 'holdfast_amcheck';

/**
 * Compares every index with its table and looks at every page, with pg_amcheck. Where the extension is not in the database it is
 * installed for the time of the check and removed again; so run it after the schema was compared.
 */
export async function checkIndexes(target: AmcheckTarget, bench: Bench): Promise<CheckResult> {
  return await check('amcheck', 'Tables and indexes', bench, async () => {
    if (!(await isExecutable(join(target.bin, 'pg_amcheck'))))
      return { reason: 'amcheck: pg_amcheck is not installed' };
    const session = await openSession(target.connection, bench);
    try {
      const state = await extensionState(session);
      if (state === 'absent') return { reason: 'amcheck: the server has no extension amcheck' };
      if (state === 'available') await install(session);
      try {
        return await look(target, bench);
      } finally {
        if (state === 'available') await remove(session, bench);
      }
    } finally {
      await session.close();
    }
  });
}

async function look(target: AmcheckTarget, bench: Bench): Promise<Findings | CannotRun> {
  const { connection, sandbox } = target;
  const finished = await run(
    {
      program: join(target.bin, 'pg_amcheck'),
      args: ['--heapallindexed', '--jobs=2', '--no-password', databaseArgument(connection.database)],
      env: clientEnvironment(connection, { superuser: true, ...(sandbox === undefined ? {} : { sandbox }) }),
      ...(sandbox === undefined ? {} : { sandbox }),
    },
    { signal: bench.signal, timeoutMs: day },
  );
  if (finished.cancelled) throw new HoldfastError('cancelled', { what: 'Checking tables and indexes' });
  // 2 is corruption found; its report stands on standard output, an object a line (PostgreSQL documentation, pg_amcheck).
  const found = finished.stdout.split('\n').filter((line) => /^(?:heap table|btree index) /.test(line));
  if (finished.ok && finished.stderr.trim() === '' && found.length === 0)
    return { summary: 'amcheck', differences: [] };
  if (finished.exitCode === 2 || found.length > 0) {
    const differences = found.length > 0 ? found : ['pg_amcheck found corruption and did not say where'];
    return { summary: `amcheck found ${differences.length} problems`, differences };
  }
  return { reason: `amcheck: ${finished.stderr.split('\n')[0] ?? ''}`.slice(0, 200) };
}

async function extensionState(session: Session): Promise<'installed' | 'available' | 'absent'> {
  const [row] = await session.query(
    'looking for amcheck',
    "select installed_version from pg_available_extensions where name = 'amcheck'",
  );
  if (row === undefined) return 'absent';
  return row.installed_version === null ? 'available' : 'installed';
}

async function install(session: Session): Promise<void> {
  await session.query(
    'installing amcheck',
    `create schema if not exists ${home}; create extension amcheck schema ${home}`,
  );
}

async function remove(session: Session, bench: Bench): Promise<void> {
  try {
    await session.query('removing amcheck', `drop extension if exists amcheck; drop schema if exists ${home}`);
  } catch {
    if (!bench.signal.aborted) bench.warn(`The extension amcheck in schema ${home} could not be removed again.`);
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

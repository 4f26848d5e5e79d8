import type { PostgresConnection } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { run } from '../../process/run.ts';

/** Runs SQL text through psql, data of COPY included, and stops at the first error. */
export async function psql(
  bin: string,
  connection: PostgresConnection,
  sql: string,
  signal: AbortSignal,
): Promise<void> {
  const finished = await run(
    {
      program: bin,
      args: ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--output=/dev/null'],
      env: {
        PGHOST: connection.host,
        PGPORT: String(connection.port),
        PGUSER: connection.user,
        PGDATABASE: connection.database,
        PGCLIENTENCODING: 'UTF8',
        PGOPTIONS: '-c client_min_messages=warning',
        ...(connection.password === undefined ? {} : { PGPASSWORD: connection.password }),
      },
      stdin: sql,
    },
    { signal, timeoutMs: 120_000 },
  );
  if (finished.cancelled) signal.throwIfAborted();
  if (!finished.ok) {
    throw new HoldfastError(
      'demo-database-not-filled',
      { exit: finished.exitCode ?? finished.signal ?? 'nothing' },
      {
        output: finished.stderr,
      },
    );
  }
}

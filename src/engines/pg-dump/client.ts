import { join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { redactor } from '../../lib/redact.ts';
import { run } from '../../process/run.ts';
import type { Finished, Sandbox } from '../../process/types.ts';
import { clientEnvironment } from '../postgres-client.ts';
import type { Bench, PostgresConnection } from '../types.ts';

export interface ClientCall {
  readonly connection: PostgresConnection;
  /** Directory of the versioned programs: Debian's wrappers choose a cluster by themselves. */
  readonly bin: string;
  readonly program: 'pg_dump' | 'pg_dumpall' | 'pg_restore' | 'psql';
  readonly args: readonly string[];
  readonly stdin?: string;
  /** The connection is a superuser's: a target's always is, a source's need not be. */
  readonly superuser: boolean;
  readonly sandbox?: Sandbox;
}

/** How a client program ended; standard error redacted, line by line, without empty lines. */
export interface ClientEnd {
  readonly finished: Finished;
  readonly lines: readonly string[];
}

const week = 7 * 86_400_000;

/** Runs one of PostgreSQL's own client programs. The password goes by environment. Throws `cancelled` and login errors only. */
export async function runClient(call: ClientCall, bench: Bench): Promise<ClientEnd> {
  const { connection } = call;
  const finished = await run(
    {
      program: join(call.bin, call.program),
      args: call.args,
      env: clientEnvironment(connection, call),
      ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
      ...(call.sandbox === undefined ? {} : { sandbox: call.sandbox }),
    },
    { signal: bench.signal, timeoutMs: week },
  );
  if (finished.cancelled) throw new HoldfastError('cancelled', { what: `${call.program} of ${connection.database}` });
  const redact = redactor(connection.password === undefined ? [] : [connection.password]);
  const lines = redact(finished.stderr)
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (!finished.ok) refuseLogin(connection, lines);
  return { finished, lines };
}

/** What an ending means for the caller's error: an exit code, a signal, a limit. */
export function endingOf(finished: Finished): string {
  if (finished.timedOut) return 'its time limit';
  return finished.exitCode === null ? (finished.signal ?? 'no exit code') : `exit code ${finished.exitCode}`;
}

function refuseLogin(connection: PostgresConnection, lines: readonly string[]): void {
  const { host, port, user, database } = connection;
  const said = lines.find((line) => /connection to server .* failed|could not connect|no password supplied/.test(line));
  if (said === undefined) return;
  const output = lines.join('\n');
  if (
    /password authentication failed|no password supplied|no pg_hba.conf entry|role ".*" does not exist|Peer auth/.test(
      output,
    )
  ) {
    throw new HoldfastError('database-login-refused', { host, port, user, database }, { output });
  }
  if (/database ".*" does not exist/.test(output)) {
    throw new HoldfastError('database-missing', { host, port, database }, { output });
  }
  const reason = said.replace(/^.*failed: /, '').slice(0, 200);
  throw new HoldfastError('database-unreachable', { host, port, reason }, { output });
}

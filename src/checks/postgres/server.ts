import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { openSession } from './session.ts';

/** Major version of the server behind a connection: its dump is made by the programs of that version. Throws the login errors. */
export async function serverMajor(connection: PostgresConnection, bench: Bench): Promise<number> {
  const session = await openSession(connection, bench);
  try {
    const [row] = await session.query(
      'asking for the version',
      "select current_setting('server_version_num') as version",
    );
    return Math.floor(Number(row?.version ?? 0) / 10_000);
  } finally {
    await session.close();
  }
}

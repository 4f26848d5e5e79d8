import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where the parts of the private server lie in the data directory. */
export interface Layout {
  /** Everything of the database: appears at once, by one rename, when it is complete. */
  readonly home: string;
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
  readonly socketDirectory: string;
}

/** The port only names the socket's file: nothing listens on a network. */
export const port = 5432;
export const superuser = 'holdfast';
export const databaseName = 'holdfast';

/** `dataDirectory` is absolute and without symbolic links, so that every process finds the same places. */
export function layout(dataDirectory: string): Layout {
  const home = join(dataDirectory, 'database');
  const inside = join(home, 'socket');
  // 107 bytes on Linux, 103 on macOS, for the whole path of the socket.
  const fits = Buffer.byteLength(join(inside, `.s.PGSQL.${port}`)) <= 103;
  const short = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  return {
    home,
    cluster: join(home, 'cluster'),
    password: join(home, 'password'),
    log: join(home, 'server.log'),
    socketDirectory: fits ? inside : `/tmp/holdfast-${short}`,
  };
}

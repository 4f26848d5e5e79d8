import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresConnection } from '../../src/engines/types.ts';
import { query } from './postgres.ts';

/** One hash a table of schema `public`, over all its rows in an order of their own. Read by plain SQL: the oracle. */
export async function databaseFingerprint(connection: PostgresConnection): Promise<Record<string, string>> {
  const tables = await query(
    connection,
    "select relname::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await query(
      connection,
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as hash from public."${name}" t`,
    );
    found[String(name)] = String(row?.hash);
  }
  return found;
}

/** One hash a file below a directory. */
export function filesFingerprint(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    entries.map((path) => [
      path.slice(directory.length + 1),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

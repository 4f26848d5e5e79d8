import pg from 'pg';
import type { PostgresAsset } from '../config/site.ts';
import { clientConfig } from '../engines/postgres-client.ts';
import type { PostgresConnection } from '../engines/types.ts';
import { sha256 } from '../lib/hash.ts';
import type { Database } from '../store/types.ts';

/**
 * Rows are stamped when their transaction begins and seen when it commits, so a late commit appears behind the newest row
 * already copied. Each look therefore goes back this far; rows already copied are recognised by their key.
 */
const overlapMs = 10 * 60_000;

/** Rows copied in one look; the next look goes on from there. */
const batch = 50_000;

interface AuditRow {
  readonly ts: Date;
  readonly actor: string;
  readonly op: string;
  readonly table_name: string;
  readonly place: string;
}

/**
 * Copies new rows of an asset's audit table off the database: who, what, where, when. Returns how many were new. Throws
 * what `pg` throws when the database does not answer: the caller decides what that means.
 */
export async function copyAuditTail(
  source: {
    readonly connection: PostgresConnection;
    readonly asset: PostgresAsset;
    readonly name: string;
    readonly site: string;
  },
  database: Database,
  options: { readonly timeoutMs: number },
): Promise<number> {
  const table = source.asset.postgres['audit-table'];
  if (table === undefined) return 0;
  const since = await newestCopied(database, source.site, source.name);
  const rows = await readAuditRows(source.connection, table, since, options.timeoutMs);
  return await keepRows(database, source.site, source.name, rows);
}

async function newestCopied(database: Database, site: string, asset: string): Promise<Date> {
  const [row] = await database.query<{ newest: Date | null }>(
    'select max(ts) as newest from audit_tail where site = $1 and asset = $2',
    [site, asset],
  );
  return row?.newest == null ? new Date(0) : new Date(row.newest.getTime() - overlapMs);
}

async function readAuditRows(
  connection: PostgresConnection,
  table: string,
  since: Date,
  timeoutMs: number,
): Promise<readonly AuditRow[]> {
  const client = new pg.Client({
    ...clientConfig(connection),
    application_name: 'holdfast audit tail',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    statement_timeout: timeoutMs,
  });
  // A server that dies in mid-query tells it here as well as in the query; without a listener Node would end.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result = await client.query<AuditRow>(
      `select ts, actor::text, op::text, table_name::text, ctid::text as place
         from ${quoteName(table)} where ts > $1 order by ts limit ${batch}`,
      [since],
    );
    return result.rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** `ledger.audit_log` names a table in a schema; each part is quoted by itself. */
function quoteName(name: string): string {
  return name
    .split('.')
    .map((part) => pg.escapeIdentifier(part))
    .join('.');
}

async function keepRows(database: Database, site: string, asset: string, rows: readonly AuditRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const keys = rows.map((row) =>
    sha256([row.ts.toISOString(), row.actor, row.op, row.table_name, row.place].join('\0')),
  );
  const added = await database.query(
    `insert into audit_tail (site, asset, key, ts, actor, op, table_name)
     select $1, $2, * from unnest($3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
     on conflict do nothing returning 1`,
    [
      site,
      asset,
      keys,
      rows.map((row) => row.ts),
      rows.map((row) => row.actor),
      rows.map((row) => row.op),
      rows.map((row) => row.table_name),
    ],
  );
  return added.length;
}

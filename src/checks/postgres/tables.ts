import type { TableFacts } from '../facts.ts';
import type { Session } from './session.ts';
import type { SharedSnapshot } from './shared-snapshot.ts';

/** A table whose own rows a dump holds, with its columns by name. */
interface Table {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * Counts and hashes the rows of every table, largest first. The hash does not depend on the order of rows: two sums of 64-bit
 * hashes of each row's text, with two seeds; sums are exact numerics. hashtextextended places rows in hash partitions, which
 * pg_upgrade keeps as they are, so it gives the same on every version of the same byte order; it takes less than half the time of
 * md5. It finds damage, not forgery: against that the dump's SHA-256 stands.
 */
export async function hashTables(
  snapshot: SharedSnapshot,
  progress: (done: number, total: number, name: string) => void,
): Promise<TableFacts[]> {
  const tables = await listTables(snapshot.leader);
  const facts: TableFacts[] = [];
  await snapshot.each(tables, async (table, session) => {
    facts.push(await hashTable(table, session));
    progress(facts.length, tables.length, `${table.schema}.${table.table}`);
  });
  const objects = await hashLargeObjects(snapshot.leader);
  if (objects !== undefined) facts.push(objects);
  return facts.sort((a, b) => order(a.schema, b.schema) || order(a.table, b.table));
}

/**
 * Ordinary tables and partitions, each with its own rows only. Left out is what a dump leaves out: temporary and foreign tables, tables
 * that belong to an extension unless it asks for them to be dumped whole; and materialized views, which are computed anew.
 */
const listing = `
  select n.nspname as schema, c.relname as "table",
         coalesce((select json_agg(a.attname order by a.attname collate "C") from pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and c.relpersistence <> 't'
     and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     and (not exists (select from pg_depend d
                       where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
          or exists (select from pg_extension e, unnest(e.extconfig, e.extcondition) as own (relation, condition)
                      where own.relation = c.oid and own.condition = ''))
   order by c.relpages desc, n.nspname, c.relname`;

async function listTables(session: Session): Promise<Table[]> {
  const rows = await session.query('listing tables', listing);
  return rows.map((row) => ({
    schema: row.schema ?? '',
    table: row.table ?? '',
    columns: JSON.parse(row.columns ?? '[]') as string[],
  }));
}

/**
 * Columns by name: a restore may give an inherited table another order of columns. OFFSET 0 keeps the planner from writing
 * the row out once for each seed.
 */
async function hashTable(table: Table, session: Session): Promise<TableFacts> {
  const row = `ROW(${table.columns.map((column) => `t.${quote(column)}`).join(', ')})::text collate "C"`;
  const [found] = await session.query(
    `hashing table ${table.schema}.${table.table}`,
    `select count(*) as rows, coalesce(sum(hashtextextended(line, 0)), 0) as first,
            coalesce(sum(hashtextextended(line, 1)), 0) as second
       from (select ${row} as line from only ${quote(table.schema)}.${quote(table.table)} t offset 0) lines`,
  );
  const { schema, table: name } = table;
  return { schema, table: name, rows: Number(found?.rows ?? 0), hash: `${found?.first}:${found?.second}` };
}

/** Large objects as one table more, a row each. They stand outside all tables and are forgotten easily. */
async function hashLargeObjects(session: Session): Promise<TableFacts | undefined> {
  const [counted] = await session.query('counting large objects', 'select count(*) as n from pg_largeobject_metadata');
  const rows = Number(counted?.n ?? 0);
  if (rows === 0) return undefined;
  const [found] = await session.query(
    'hashing large objects',
    `select coalesce(sum(hashtextextended(line, 0)), 0) as first, coalesce(sum(hashtextextended(line, 1)), 0) as second
       from (select (oid::text || ':' || md5(lo_get(oid))) collate "C" as line from pg_largeobject_metadata offset 0) lines`,
  );
  return { schema: 'pg_catalog', table: 'pg_largeobject', rows, hash: `${found?.first}:${found?.second}` };
}

/** An identifier as SQL writes it, whatever it holds. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One question to the catalog: columns `kind`, `name` (qualified, quoted) and `says`, without any object id in them. */
export type CatalogQuestion = string;

/** Objects that people made: not PostgreSQL's own, and not those that come with an extension. */
export function ours(catalog: string, alias: string, namespace = 'n'): string {
  return `${namespace}.nspname !~ '^pg_' and ${namespace}.nspname <> 'information_schema' and ${notOfExtension(catalog, alias)}`;
}

export function notOfExtension(catalog: string, alias: string): string {
  return `not exists (select from pg_depend own where own.classid = '${catalog}'::regclass
                        and own.objid = ${alias}.oid and own.deptype = 'e')`;
}

/** Rights as a sorted list. What is written out and what is the default by silence are the same right. Who granted is left out. */
export function rights(acl: string, kind: string, owner: string): string {
  const granted = acl === 'null' ? 'null' : `coalesce(${acl}, acldefault('${kind}', ${owner}))`;
  return `(select coalesce(string_agg(entry, ' ' order by entry collate "C"), '')
             from (select coalesce(quote_ident(pg_get_userbyid(nullif(a.grantee, 0))), 'PUBLIC') || '=' ||
                          a.privilege_type || case when a.is_grantable then '*' else '' end as entry
                     from aclexplode(${granted}) a) entries)`;
}

/** Same for an attribute that has no default rights of its own. */
export function plainRights(acl: string): string {
  return `(select coalesce(string_agg(entry, ' ' order by entry collate "C"), '')
             from (select coalesce(quote_ident(pg_get_userbyid(nullif(a.grantee, 0))), 'PUBLIC') || '=' ||
                          a.privilege_type || case when a.is_grantable then '*' else '' end as entry
                     from aclexplode(${acl}) a) entries)`;
}

export function owner(column: string): string {
  return `quote_ident(pg_get_userbyid(${column}))`;
}

export const relation = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;

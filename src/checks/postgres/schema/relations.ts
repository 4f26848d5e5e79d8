import { type CatalogQuestion, ours, owner, plainRights, relation, rights } from './common.ts';

const classes = 'pg_class c join pg_namespace n on n.oid = c.relnamespace';
const oursHere = ours('pg_class', 'c');

/** Tables, views, sequences, indexes and what hangs on them. */
export const relations: readonly CatalogQuestion[] = [
  `select case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'f' then 'foreign table'
            when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' end as kind,
          ${relation} as name,
          concat_ws(' ', 'owner', ${owner('c.relowner')}, 'rights', case when c.relkind = 'S'
            then ${rights('c.relacl', 's', 'c.relowner')} else ${rights('c.relacl', 'r', 'c.relowner')} end,
            'persistence', c.relpersistence, 'row security', c.relrowsecurity, c.relforcerowsecurity,
            'identity', c.relreplident, 'options', c.reloptions::text,
            'method', (select am.amname from pg_am am where am.oid = c.relam),
            'partition by', pg_get_partkeydef(c.oid), 'bound', pg_get_expr(c.relpartbound, c.oid),
            'inherits', (select string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
                           from pg_inherits i where i.inhrelid = c.oid),
            'server', (select quote_ident(s.srvname) from pg_foreign_table f
                         join pg_foreign_server s on s.oid = f.ftserver where f.ftrelid = c.oid),
            'populated', case when c.relkind = 'm' then c.relispopulated end,
            'of', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
            'counts', (select concat_ws(',', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
                         from pg_sequence s where s.seqrelid = c.oid),
            'owned by', (select d.refobjid::regclass::text || '.' || quote_ident(a.attname) || ' ' || d.deptype::text
                           from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                          where c.relkind = 'S' and d.classid = 'pg_class'::regclass and d.objid = c.oid
                            and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass)) as says
     from ${classes}
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and c.relpersistence <> 't' and ${oursHere}`,

  // The order of columns is left out for tables that inherit: a restore puts inherited columns first.
  `select 'column' as kind, ${relation} || '.' || quote_ident(a.attname) as name,
          concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
            'default', pg_get_expr(d.adbin, d.adrelid), 'generated', nullif(a.attgenerated::text, ''),
            'identity', nullif(a.attidentity::text, ''), 'storage', a.attstorage,
            'collation', (select l.oid::regcollation::text from pg_collation l, pg_type t
                           where l.oid = a.attcollation and t.oid = a.atttypid and a.attcollation <> t.typcollation),
            'options', a.attoptions::text, 'rights', ${plainRights('a.attacl')},
            'place', case when c.relispartition or not exists (select from pg_inherits i where i.inhrelid = c.oid)
              then (select count(*) from pg_attribute b where b.attrelid = c.oid and b.attnum between 1 and a.attnum
                       and not b.attisdropped) end) as says
     from ${classes} join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'c') and c.relpersistence <> 't' and ${oursHere}`,

  `select 'constraint' as kind, ${relation} || '.' || quote_ident(k.conname) as name,
          concat_ws(' ', pg_get_constraintdef(k.oid), case when not k.convalidated then 'not validated' end) as says
     from ${classes} join pg_constraint k on k.conrelid = c.oid
    where c.relpersistence <> 't' and k.contype <> 't' and ${oursHere}`,

  // An index that is not valid is not dumped.
  `select 'index' as kind, ${relation} as name,
          concat_ws(' ', pg_get_indexdef(c.oid), case when i.indisclustered then 'clustered' end,
            case when i.indisreplident then 'replica identity' end) as says
     from ${classes} join pg_index i on i.indexrelid = c.oid
    where c.relpersistence <> 't' and (i.indisvalid or c.relkind = 'I') and ${oursHere}`,

  `select 'trigger' as kind, ${relation} || '.' || quote_ident(t.tgname) as name,
          concat_ws(' ', pg_get_triggerdef(t.oid), 'enabled', t.tgenabled) as says
     from ${classes} join pg_trigger t on t.tgrelid = c.oid
    where not t.tgisinternal and ${oursHere}`,

  `select 'rule' as kind, ${relation} || '.' || quote_ident(r.rulename) as name,
          concat_ws(' ', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled) as says
     from ${classes} join pg_rewrite r on r.ev_class = c.oid
    where r.rulename <> '_RETURN' and ${oursHere}`,

  `select 'policy' as kind, ${relation} || '.' || quote_ident(p.polname) as name,
          concat_ws(' ', 'for', p.polcmd, case when p.polpermissive then 'permissive' else 'restrictive' end, 'to',
            (select string_agg(coalesce(quote_ident(pg_get_userbyid(nullif(role, 0))), 'PUBLIC'), ', '
                      order by pg_get_userbyid(nullif(role, 0))) from unnest(p.polroles) role),
            'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) as says
     from ${classes} join pg_policy p on p.polrelid = c.oid
    where ${oursHere}`,

  `select 'statistics' as kind, quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as name,
          concat_ws(' ', 'owner', ${owner('s.stxowner')}, pg_get_statisticsobjdef(s.oid)) as says
     from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
    where ${ours('pg_statistic_ext', 's')}`,
];

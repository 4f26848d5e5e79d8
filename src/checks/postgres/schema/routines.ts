import { type CatalogQuestion, notOfExtension, ours, owner, rights } from './common.ts';

const signature = `p.oid::regprocedure::text`;

/** Functions, types, operators: what code and columns are built of. Bodies are hashed: they may be long, and may hold anything. */
export const routines: readonly CatalogQuestion[] = [
  // A body in standard SQL is kept parsed, and is written anew from that; any other body is kept as it was typed.
  `select case p.prokind when 'p' then 'procedure' else 'function' end as kind, ${signature} as name,
          concat_ws(' ', 'owner', ${owner('p.proowner')}, 'rights', ${rights('p.proacl', 'f', 'p.proowner')},
            case when to_jsonb(p) ->> 'prosqlbody' is null then md5(pg_get_functiondef(p.oid))
                 else pg_get_functiondef(p.oid) end) as says
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind <> 'a' and ${ours('pg_proc', 'p')}`,

  `select 'aggregate' as kind, ${signature} as name,
          concat_ws(' ', 'owner', ${owner('p.proowner')}, 'rights', ${rights('p.proacl', 'f', 'p.proowner')},
            'step', g.aggtransfn, 'final', g.aggfinalfn, 'combine', g.aggcombinefn,
            'state', format_type(g.aggtranstype, null), 'start', md5(g.agginitval)) as says
     from pg_aggregate g join pg_proc p on p.oid = g.aggfnoid join pg_namespace n on n.oid = p.pronamespace
    where ${ours('pg_proc', 'p')}`,

  // Of arrays and of the row types of tables there is nothing to say.
  `select 'type' as kind, quote_ident(n.nspname) || '.' || quote_ident(t.typname) as name,
          concat_ws(' ', t.typtype, 'owner', ${owner('t.typowner')}, 'rights', ${rights('t.typacl', 'T', 't.typowner')},
            (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
            case when t.typtype = 'd' then concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
              case when t.typnotnull then 'not null' end, 'default', t.typdefault) end,
            (select string_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ', ' order by k.conname)
               from pg_constraint k where k.contypid = t.oid),
            (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid),
            case when t.typtype = 'b' then concat_ws(' ', t.typinput, t.typoutput, t.typlen) end) as says
     from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where (t.typrelid = 0 or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
      and t.typelem = 0 and t.typtype <> 'm' and ${ours('pg_type', 't')}`,

  `select 'operator' as kind, o.oid::regoperator::text as name,
          concat_ws(' ', 'owner', ${owner('o.oprowner')}, o.oprcode, format_type(o.oprresult, null)) as says
     from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
    where ${ours('pg_operator', 'o')}`,

  `select 'operator class' as kind, quote_ident(n.nspname) || '.' || quote_ident(o.opcname) || ' ' || m.amname as name,
          concat_ws(' ', 'owner', ${owner('o.opcowner')}, format_type(o.opcintype, null), o.opcdefault) as says
     from pg_opclass o join pg_namespace n on n.oid = o.opcnamespace join pg_am m on m.oid = o.opcmethod
    where ${ours('pg_opclass', 'o')}`,

  `select 'cast' as kind, format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null) as name,
          concat_ws(' ', nullif(k.castfunc, 0)::regprocedure, k.castcontext, k.castmethod) as says
     from pg_cast k where k.oid >= 16384 and ${notOfExtension('pg_cast', 'k')}`,

  `select 'collation' as kind, quote_ident(n.nspname) || '.' || quote_ident(l.collname) as name,
          concat_ws(' ', 'owner', ${owner('l.collowner')}, l.collprovider, l.collisdeterministic, l.collcollate, l.collctype) as says
     from pg_collation l join pg_namespace n on n.oid = l.collnamespace
    where ${ours('pg_collation', 'l')}`,

  `select 'text search configuration' as kind, quote_ident(n.nspname) || '.' || quote_ident(f.cfgname) as name,
          concat_ws(' ', 'owner', ${owner('f.cfgowner')},
            (select string_agg(concat_ws(' ', m.maptokentype, m.mapseqno, m.mapdict::regdictionary), ', '
                      order by m.maptokentype, m.mapseqno) from pg_ts_config_map m where m.mapcfg = f.oid)) as says
     from pg_ts_config f join pg_namespace n on n.oid = f.cfgnamespace
    where ${ours('pg_ts_config', 'f')}`,

  `select 'text search dictionary' as kind, quote_ident(n.nspname) || '.' || quote_ident(t.dictname) as name,
          concat_ws(' ', 'owner', ${owner('t.dictowner')}, md5(t.dictinitoption)) as says
     from pg_ts_dict t join pg_namespace n on n.oid = t.dictnamespace
    where ${ours('pg_ts_dict', 't')}`,
];

import { type CatalogQuestion, notOfExtension, owner, plainRights, rights } from './common.ts';

/** The database as a whole, its schemas, extensions, and the roles of the server. */
export const whole: readonly CatalogQuestion[] = [
  `select 'database' as kind, quote_ident(d.datname) as name,
          concat_ws(' ', 'owner', ${owner('d.datdba')}, 'rights', ${rights('d.datacl', 'd', 'd.datdba')},
            pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, 'connections', d.datconnlimit,
            'comment', md5(shobj_description(d.oid, 'pg_database'))) as says
     from pg_database d where d.datname = current_database()`,

  `select 'setting' as kind, concat_ws(' ', quote_ident(r.rolname), case when s.setdatabase <> 0 then 'here' end) as name,
          (select string_agg(split_part(line, '=', 1) || '=' || md5(line), ' ' order by line) from unnest(s.setconfig) line) as says
     from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole
    where s.setdatabase = (select oid from pg_database where datname = current_database())
       or (s.setdatabase = 0 and s.setrole <> 0)`,

  `select 'schema' as kind, quote_ident(n.nspname) as name,
          concat_ws(' ', 'owner', ${owner('n.nspowner')}, 'rights', ${rights('n.nspacl', 'n', 'n.nspowner')}) as says
     from pg_namespace n
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and ${notOfExtension('pg_namespace', 'n')}`,

  `select 'extension' as kind, quote_ident(e.extname) as name,
          concat_ws(' ', 'version', e.extversion, 'in', quote_ident(n.nspname)) as says
     from pg_extension e join pg_namespace n on n.oid = e.extnamespace`,

  `select 'role' as kind, quote_ident(r.rolname) as name,
          concat_ws(' ', 'superuser', r.rolsuper, 'inherit', r.rolinherit, 'createrole', r.rolcreaterole,
            'createdb', r.rolcreatedb, 'login', r.rolcanlogin, 'replication', r.rolreplication,
            'bypassrls', r.rolbypassrls, 'connections', r.rolconnlimit, 'until', r.rolvaliduntil,
            'member of', (select string_agg(quote_ident(g.rolname) || case when m.admin_option then '*' else '' end, ', '
                                    order by g.rolname collate "C")
                            from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid)) as says
     from pg_roles r where r.rolname !~ '^pg_'`,

  `select 'default rights' as kind,
          concat_ws(' ', quote_ident(pg_get_userbyid(a.defaclrole)), 'in', coalesce(quote_ident(n.nspname), 'every schema'),
            a.defaclobjtype) as name,
          ${plainRights('a.defaclacl')} as says
     from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace`,

  `select 'language' as kind, quote_ident(l.lanname) as name,
          concat_ws(' ', 'owner', ${owner('l.lanowner')}, 'rights', ${rights('l.lanacl', 'l', 'l.lanowner')}) as says
     from pg_language l where l.oid >= 16384 and ${notOfExtension('pg_language', 'l')}`,

  `select 'event trigger' as kind, quote_ident(t.evtname) as name,
          concat_ws(' ', 'owner', ${owner('t.evtowner')}, t.evtevent, t.evtfoid::regprocedure, t.evtenabled, t.evttags::text) as says
     from pg_event_trigger t where ${notOfExtension('pg_event_trigger', 't')}`,

  // Options of servers and of user mappings hold passwords: a hash of the first, nothing of the second.
  `select 'foreign server' as kind, quote_ident(s.srvname) as name,
          concat_ws(' ', 'owner', ${owner('s.srvowner')}, quote_ident(w.fdwname), 'rights',
            ${rights('s.srvacl', 'S', 's.srvowner')}, md5(s.srvoptions::text)) as says
     from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
    where ${notOfExtension('pg_foreign_server', 's')}`,

  `select 'user mapping' as kind, quote_ident(m.srvname) || ' ' || coalesce(quote_ident(m.usename), 'PUBLIC') as name, '' as says
     from pg_user_mappings m`,

  `select 'publication' as kind, quote_ident(p.pubname) as name,
          concat_ws(' ', 'owner', ${owner('p.pubowner')}, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
            (select string_agg(r.prrelid::regclass::text, ', ' order by r.prrelid::regclass::text collate "C")
               from pg_publication_rel r where r.prpubid = p.oid)) as says
     from pg_publication p`,

  // Comments, hashed. System objects have theirs from initdb; only schema public's may be changed and is dumped.
  `select 'comment' as kind, i.type || ' ' || i.identity as name, md5(d.description) as says
     from pg_description d, lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    where (d.objoid >= 16384 or (d.classoid = 'pg_namespace'::regclass and i.identity = 'public'))
      and d.classoid <> 'pg_extension'::regclass
      and not exists (select from pg_depend own where own.classid = d.classoid and own.objid = d.objoid and own.deptype = 'e')`,
];

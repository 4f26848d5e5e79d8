/** A database with one of everything that a dump keeps, and names and values that trip careless readers. */
export const oddDatabase = `
create role reader; create role writer login in role reader;
alter role writer set work_mem = '8MB'; alter database ledger set statement_timeout = '1h';
create extension pg_trgm;
comment on extension pg_trgm is 'for search';
create type mood as enum ('sad', 'ok', 'happy');
create type pair as (a integer, b text);
create domain cents as bigint constraint not_negative check (value >= 0);
create table public.entries (
  id bigserial primary key, note varchar(200) not null, status varchar(10) not null default 'open',
  amount cents, rate double precision, at timestamptz, span interval, day date, cost money, raw bytea, doc jsonb,
  tags text[], feeling mood, both_of pair, maybe text, doubled bigint generated always as (amount * 2) stored,
  constraint status_known check (status in ('open', 'closed')));
insert into public.entries (note, amount, rate, at, span, day, cost, raw, doc, tags, feeling, both_of, maybe)
  select 'note ' || i, i, 1.0 / i, '2026-03-29 01:30:00+01'::timestamptz + i * interval '1 hour', i * interval '1 day 2 seconds',
         '2026-01-31'::date + i, i::text::money, decode(md5(i::text), 'hex'), jsonb_build_object('k', i), array['a', null, i::text],
         'ok', row(i, 'x'::text)::pair, case when i % 2 = 0 then 'planted row ' || i end
    from generate_series(1, 500) i;
create index entries_note on public.entries using btree (note) where status = 'open';
create index entries_search on public.entries using gin (note public.gin_trgm_ops);
comment on table public.entries is 'What was booked'; comment on column public.entries.note is 'By whom';
create function public.twice(n integer) returns integer language sql as 'select n * 2';
create function public.thrice(n integer) returns integer language sql begin atomic select n * 3; end;
create function public.touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touch before update on public.entries for each row execute function public.touch();
create aggregate public.total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
create view public.open_entries as select id, note from public.entries where status in ('open', 'new');
create materialized view public.by_day as select day, count(*) as n from public.entries group by day;
create rule quiet as on delete to public.open_entries do instead nothing;
alter table public.entries enable row level security;
create policy own on public.entries for select to reader using (status = 'open');
grant select on public.entries to reader; grant update (note) on public.entries to writer;
alter default privileges in schema public grant select on tables to reader;
create table public.events (id integer, at date not null) partition by range (at);
create table public.events_2026 partition of public.events for values from ('2026-01-01') to ('2027-01-01');
create table public.events_rest partition of public.events default;
insert into public.events select i, '2026-06-01'::date + i from generate_series(1, 300) i;
create table public.parent (a integer); create table public.child (z text) inherits (public.parent);
alter table public.parent add column b integer default 5;
insert into public.parent values (1, 2); insert into public.child (a, b, z) values (3, 4, 'c');
create table public.no_columns (); insert into public.no_columns default values; insert into public.no_columns default values;
create schema "odd ""schema";
create table "odd ""schema"."장부 ""quoted""" ("열 1" text, "select" integer, "a'b" text);
insert into "odd ""schema"."장부 ""quoted""" values (E'line\\nbreak\\ttab "quote"', 1, '한국어'), (null, null, ''), ('dup', 2, 'dup'), ('dup', 2, 'dup');
create unlogged table public.fleeting (n integer); insert into public.fleeting values (1);
create statistics public.together (dependencies) on note, status from public.entries;
create publication everything for table public.entries;
create sequence public.by_tens increment by -10 minvalue -1000 start with -10; select nextval('public.by_tens');
select lo_from_bytea(0, convert_to(repeat('large ', 2000), 'UTF8'));
create foreign data wrapper nothing; create server elsewhere foreign data wrapper nothing options (host 'a');
create foreign table public.far (n integer) server elsewhere;
`;

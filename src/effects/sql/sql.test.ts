import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeMongo, judgeRedis, judgeSql, prepareSql } from './index.ts';
import { mongoCommands, mongoMethods } from './mongo-methods.ts';
import { otherStatements } from './mysql.ts';
import { redisCommands } from './redis-commands.ts';

beforeAll(() => prepareSql());

const effects = (sql: string, dialect?: 'postgres' | 'mysql') =>
  judgeSql(sql, dialect === undefined ? {} : { dialect }).effects.join(' ');
const codes = (sql: string) => judgeSql(sql).findings.map(({ code }) => code);

describe('PostgreSQL by its tree', () => {
  const expected: Record<string, readonly string[]> = {
    read: [
      'select 1',
      'table t',
      'values (1)',
      'select count(*) from pg_stat_activity',
      "select pg_size_pretty(pg_database_size('x'))",
      'explain delete from x where a = 1',
      'explain (analyze false) delete from x where a = 1',
      'explain analyze select 1',
      "select 'drop table x; delete from y'",
      '-- drop table x\nselect 1 /* delete from y */',
      'select "delete" from "drop"',
      'copy t to stdout',
      'show wal_level',
      'select count(password) from users',
      'select password is null from users',
      'select token_count, password_changed_at from users',
      'select id from users where password = crypt($1, password)',
      'select count(*) from api_keys',
      'select * from t for update',
      'declare c cursor for select 1',
      'fetch 10 from c',
      'select * from pg_ls_waldir()',
      "select currval('s')",
      '\\dt+ public.*',
      '\\l',
      '\\copy t to stdout',
    ],
    'read secret': [
      'select rolpassword from pg_authid',
      'select usename from pg_shadow',
      'select * from pg_user_mapping',
      'select password from users',
      'select u.api_key from users u',
      'select * from access_tokens',
      "select data->>'client_secret' from t",
      'show primary_conninfo',
      "select pg_read_file('/home/x/.pgpass')",
      'copy users (id, password) to stdout',
      'with a as (select password from users) select * from a',
    ],
    write: [
      'insert into a select * from b',
      'insert into a values (1) on conflict (id) do update set x = 1',
      'update t set a = 1 where b = 2',
      'with u as (update t set a = 1 where b = 2 returning 1) insert into v select * from u',
      'select * into y from x',
      'create table a as select 1',
      'create materialized view v as select 1',
      "create table a (id int default nextval('s'))",
      'create index concurrently i on t (a)',
      'create trigger a before insert on t for each row execute function f()',
      'create extension amcheck',
      'alter table t add column c int',
      'alter table t drop constraint c',
      "alter system set wal_level = 'logical'",
      'copy t from stdin',
      "copy t from '/x'",
      'vacuum t',
      'analyze t',
      'reindex index concurrently i',
      "select nextval('s')",
      "select setval('s', 1)",
      'select pg_switch_wal()',
      'select pg_reload_conf()',
      "select lo_export(1, '/x')",
      "select pg_create_restore_point('x')",
      "commit prepared 'x'",
      "comment on table t is 'delete'",
      "\\copy t from 'a.csv'",
    ],
    'read write': ["copy t to '/x'", "\\copy t to 'a.csv'", "\\copy (select a from t) to 'a.csv' csv header"],
    destroy: [
      'delete from x where a = 1',
      'explain analyze delete from x where a = 1',
      'explain (analyze, buffers) delete from x where a = 1',
      'truncate a, b cascade',
      'drop table if exists x',
      'drop schema s cascade',
      'drop database x',
      'alter table t drop column c',
      'prepare p as delete from t where a = $1',
      'merge into t using s on t.a = s.a when matched then delete',
      'do $$ begin delete from x where a = 1; end $$',
      "do $$ begin execute 'drop table x'; end $$",
      "do language plpgsql 'begin if true then truncate x; end if; end'",
      "select pg_drop_replication_slot('x')",
      'select lo_unlink(1)',
      "rollback prepared 'x'",
      'begin; delete from x where a = 1; rollback',
    ],
    'read destroy': ['with d as (delete from x where a = 1 returning *) select * from d'],
    'write destroy': [
      'create rule r as on insert to t do also delete from u where a = 1',
      'create function f() returns void language plpgsql as $$ begin truncate x; end $$',
      'create function f() returns void language sql begin atomic delete from x where a = 1; end',
      "create function f() returns void language sql as 'delete from x where a = 1'",
      'alter table t drop column c, add column d int',
      'with d as (delete from x where a = 1 returning *) insert into archive select * from d',
      'merge into t using s on t.a = s.a when matched then delete when not matched then insert values (1)',
    ],
    disrupt: [
      "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle'",
      'select pg_cancel_backend(1)',
      'select pg_promote()',
      'select pg_wal_replay_pause()',
      'lock table t in access exclusive mode',
      'lock t',
      'do $$ begin perform pg_terminate_backend(1); end $$',
    ],
    'read disrupt': ['select pid, pg_terminate_backend(pid) from pg_stat_activity'],
    'destroy disrupt': ['drop database x with (force)'],
    'write disrupt': [
      'vacuum full t',
      'vacuum (full, analyze) t',
      'cluster t',
      'reindex table t',
      'alter database x allow_connections false',
    ],
    privilege: [
      'grant select on t to bob',
      'revoke all on t from bob',
      'grant admin to bob',
      'set role postgres',
      'set session authorization bob',
    ],
    'write privilege': [
      'create role bob',
      'alter role bob nologin',
      'alter table t owner to bob',
      'alter table t disable row level security',
      'create policy p on t using (true)',
      '\\password bob',
    ],
    'destroy privilege': ['drop role bob', 'drop owned by bob', 'drop policy p on t'],
    egress: ["select dblink_connect('host=x')"],
    'destroy egress': ["select * from dblink('host=x', 'delete from y where a = 1') as t(a int)"],
    unknown: [
      'select my_function(1)',
      'call p(1)',
      'execute q',
      "load 'x'",
      '\\i dump.sql',
      'foo bar',
      'select app.count(1)',
    ],
    'read unknown': ['select 1 \\gexec', 'select a, f(b) from t'],
    'destroy unknown': [
      "do $$ begin execute format('drop table %I', 'a'); end $$",
      "do $$ begin execute 'drop table ' || quote_ident(x); end $$",
    ],
    none: [
      'begin',
      'commit',
      'set search_path = a',
      'discard all',
      "select set_config('a', 'b', false)",
      'lock t in access share mode',
      '\\c prod',
      '\\set a 1',
      '',
    ],
  };
  for (const [labels, statements] of Object.entries(expected)) {
    test.each(statements)(`${labels}: %s`, (sql) => expect(effects(sql)).toBe(labels));
  }

  test('a call of a function that was defined above has the labels of its body', () => {
    const sql = 'create function f() returns void language plpgsql as $$ begin truncate x; end $$;\nselect f();';
    expect(judgeSql(sql).statements.map((each) => each.effects)).toEqual([['write', 'destroy'], ['destroy']]);
  });

  test('EXECUTE has the labels of what was prepared above', () => {
    expect(judgeSql('prepare p as delete from x; execute p').statements[1]?.effects).toEqual(['destroy']);
  });

  test('programs of COPY and of psql are handed back with their place and span', () => {
    const sql =
      "copy 표 to program 'gzip > ''/x''';\n\\! rm -rf /x\n\\copy t from program 'cat y'\nselect 1 \\g |sh\n\\o |tee z";
    const { commands } = judgeSql(sql);
    expect(commands.map(({ text, place }) => [text, place])).toEqual([
      ["gzip > '/x'", 'host'],
      ['rm -rf /x', 'here'],
      ['cat y', 'here'],
      ['sh', 'here'],
      ['tee z', 'here'],
    ]);
    expect(commands.map(({ start, end }) => sql.slice(start, end))).toEqual([
      "gzip > ''/x''",
      'rm -rf /x',
      'cat y',
      'sh',
      'tee z',
    ]);
  });

  test('spans are exact in Korean and Chinese', () => {
    const sql = "-- 설명\nSELECT 이름 FROM 환자 WHERE 이름 = '김;';  DELETE FROM 病人 WHERE 编号 = 1;";
    expect(judgeSql(sql).statements.map(({ start, end, text }) => [sql.slice(start, end), text])).toEqual([
      ["SELECT 이름 FROM 환자 WHERE 이름 = '김;'", "SELECT 이름 FROM 환자 WHERE 이름 = '김;'"],
      ['DELETE FROM 病人 WHERE 编号 = 1', 'DELETE FROM 病人 WHERE 编号 = 1'],
    ]);
  });

  test('prompts are no SQL and the output of a transcript neither; rows after COPY are data', () => {
    expect(effects('app=# select 1;\n drop table x;\n(1 row)\napp=# select\napp-# 2;\n')).toBe('read');
    expect(effects('app=> drop table x;\nDROP TABLE')).toBe('destroy');
    expect(effects('copy t from stdin;\n1\tdrop table x;\n\\.\nselect 1;')).toBe('read write');
  });

  test.each([
    'drop table :tbl',
    'drop table :"tbl"',
    'drop table <table>',
    'drop table {{x}}',
    'drop table ${X}',
    'drop table \ue000\ue001',
  ])('placeholders do not hide a statement: %s', (sql) => {
    expect(effects(sql)).toBe('destroy');
    expect(codes(sql)).toEqual([]);
  });

  test('neither NUL nor a no-break space hides a statement', () => {
    expect(effects('select 1;\0drop table x')).toBe('read destroy');
    expect(effects('drop\u00a0table x')).toBe('destroy');
  });
});

describe('what does not parse', () => {
  test('TRUNCATE ... WHERE says that the table would be wiped', () => {
    const judged = judgeSql('truncate users where id = 3');
    expect(judged.effects).toEqual(['destroy']);
    expect(judged.findings.map(({ code }) => code)).toEqual(['sql-does-not-parse', 'sql-dangerous-if-mended']);
    expect(judged.findings[1]?.message).toContain('without the WHERE every row of users is gone');
  });

  test.each([
    ['selec 1', 'unknown'],
    ['delete fom x', 'destroy'],
    ['delete from x where', 'destroy'],
    ['select (1; drop table x', 'read destroy'],
    ['select 1\ndrop table x', 'read destroy'],
    ["select 'open; drop table x", 'read'],
  ])('falls back to its keywords and is a finding: %s', (sql, labels) => {
    expect(effects(sql)).toBe(labels);
    expect(codes(sql)).toContain('sql-does-not-parse');
  });

  test('a DELETE or UPDATE without WHERE is a finding', () => {
    expect(codes('delete from x; update y set a = 1')).toEqual(['delete-without-where', 'update-without-where']);
  });

  test('a password in SQL is a finding, its hash or a placeholder is none', () => {
    expect(codes("alter role bob password 'hunter2'")).toEqual(['credential-in-sql']);
    expect(codes("alter role bob password 'md50123456789abcdef0123456789abcdef'")).toEqual([]);
  });
});

describe('MySQL, MariaDB and SQLite', () => {
  for (const { labels, examples } of otherStatements) {
    test.each(examples)(`${labels}: %s`, (sql) => {
      expect(new Set(effects(sql, 'mysql').split(' '))).toEqual(new Set(labels.split(' ')));
    });
  }

  test.each([
    ['mysql> show slave status\\G\n*** 1. row ***\nmysql> drop table x;', 'read destroy'],
    ['/*!50000 DROP TABLE `x` */;', 'destroy'],
    ['DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM t; END//\nDELIMITER ;', 'write destroy'],
    ["select 'it\\'s; drop table x' # drop table y", 'read'],
  ])('%s', (sql, labels) => expect(effects(sql, 'mysql')).toBe(labels));
});

describe('Redis and MongoDB', () => {
  for (const { labels, examples } of redisCommands) {
    test.each(examples)(`${labels}: %s`, (text) =>
      expect(new Set(judgeRedis(text).effects)).toEqual(new Set(labels.split(' '))),
    );
  }
  for (const { labels, examples } of [...mongoMethods, ...mongoCommands]) {
    test.each(examples)(`${labels}: %s`, (text) =>
      expect(new Set(judgeMongo(text).effects)).toEqual(new Set(labels.split(' '))),
    );
  }

  test('a script is read for the commands it calls', () => {
    expect(judgeRedis(`EVAL "return redis.call('DEL', KEYS[1])" 1 a`).effects).toEqual(['destroy']);
    expect(judgeRedis('EVAL "return redis.call(ARGV[1])" 0').effects).toEqual(['unknown']);
  });

  test('what stands in quotes is no call', () => {
    expect(judgeMongo(`db.a.find({x: "db.dropDatabase()"})`).effects).toEqual(['read']);
    expect(judgeMongo('db.a.find().forEach(d => db.b.deleteOne({_id: d._id}))').effects).toEqual(['destroy']);
    expect(judgeRedis('NOSUCH a').effects).toEqual(['unknown']);
    expect(judgeRedis('"FLUSHALL"').effects).toEqual(['destroy']);
    expect(judgeMongo("db.a.find(/'/); db.dropDatabase()").effects).toContain('unknown');
  });
});

describe('hostile input', () => {
  const repeated: Record<string, string> = {
    'deep parentheses': `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
    'a long chain': `select ${'1+'.repeat(20_000)}1`,
    'many negations': `select ${'not '.repeat(20_000)}a`,
    '1 MB of values': `insert into t values ${"(1,'abc'),".repeat(100_000)}(1,2)`,
    '1 MB of quotes': "'".repeat(1 << 20),
    '1 MB of open comments': '/*'.repeat(1 << 19),
    '1 MB of placeholders': 'select <a'.repeat(1 << 17),
    '1 MB of copies': `\\copy ${'a from '.repeat(1 << 17)}`,
    '1 MB of one word': 'a'.repeat(1 << 20),
    'brackets of a document': '[a'.repeat(1 << 19),
  };
  test.each(Object.entries(repeated))('is judged in seconds: %s', (_, text) => {
    const start = performance.now();
    for (const judge of [judgeSql, judgeRedis, judgeMongo]) judge(text);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(effects('select 1')).toBe('read');
  });

  test('200,000 statements are judged one by one', () => {
    expect(judgeSql('drop table x;\n'.repeat(200_000)).statements).toHaveLength(200_000);
  });

  test('too deep for a tree: what acts is still seen', () => {
    expect(effects(`select ${'('.repeat(20_000)} pg_terminate_backend(1)`)).toBe('read disrupt unknown');
  });

  const word = fc.constantFrom(
    'select',
    'delete from',
    'x',
    ';',
    "'",
    '"',
    '$$',
    '(',
    ')',
    '/*',
    '*/',
    '--',
    '\n',
    '\\g',
    '\\!',
    '\0',
    '한',
    '\ue000',
    '`',
    'begin',
    'end',
    '<a>',
    ':x',
    'db=# ',
  );
  test('never throws, and every span lies in the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word, { maxLength: 60 }).map((parts) => parts.join(' ')),
        ),
        (text) => {
          for (const judged of [
            judgeSql(text),
            judgeSql(text, { dialect: 'mysql' }),
            judgeRedis(text),
            judgeMongo(text),
          ]) {
            expect(judged.effects.length).toBeGreaterThan(0);
            for (const { start, end } of [...judged.statements, ...judged.findings, ...judged.commands])
              expect(start >= 0 && start <= end && end <= text.length).toBe(true);
          }
          expect(judgeSql(text)).toEqual(judgeSql(text));
        },
      ),
      { numRuns: 400 },
    );
  });
});

import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destroyWorld } from '../../src/demo/disaster.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { type Ended, smallSite, startHoldfast, type TestSite } from '../services/holdfast.ts';
import { findPlanted, findPlantedBelow, type Planted, plant, watchCommandLines } from '../services/planted.ts';
import { query } from '../services/postgres.ts';

/** What Holdfast is told on purpose, and what it only meets. */
const planted: Planted = {
  'store password of a command': plant('store'),
  'store password in the environment': plant('second'),
  'database password': plant('database'),
  'wrong database password': plant('wrong-database'),
  'wrong store password': plant('wrong-store'),
  'password of a malformed URL': plant('malformed'),
  'password in a parameter': plant('parameter'),
  'password of the store for records': plant('records'),
  'variable of the environment': plant('bystander'),
  'row of the database': plant('row'),
};
const known = (name: keyof typeof planted): string => planted[name] ?? '';

let site: TestSite;
let commandLines: ReturnType<typeof watchCommandLines>;
/** All that any command said. */
const said: string[] = [];

beforeAll(async () => {
  site = await smallSite(0.003);
  const { connection } = site.world;
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  await query(
    connection,
    `create table planted (note text); insert into planted values (${literal(known('row of the database'))})`,
  );
  await query(
    connection,
    `create function refuse() returns int language plpgsql as $$ begin raise exception 'cannot reach %', ${literal(urlWith('database password'))}; end $$`,
  );
  await query(connection, `alter role ${connection.user} password ${literal(known('database password'))}`);
  const script = join(site.world.directory, 'secrets', 'print');
  writeFileSync(script, `#!/bin/sh\ncat <<'END'\n${known('store password of a command')}\nEND\n`);
  chmodSync(script, 0o700);
  const text = readFileSync(site.world.siteFile, 'utf8')
    .replace('password: { file: secrets/store-password }', `password: { command: [${script}] }`)
    .replace('password: { file: secrets/store-password }', 'password: { env: SECOND_PASSWORD }')
    .replace('url: { file: secrets/records-url }', 'url: { env: RECORDS_URL }');
  writeFileSync(site.world.siteFile, text);
  // Who gives a secret as a parameter has written it into a command line already: Holdfast's own.
  const { 'password in a parameter': _own, ...others } = planted;
  commandLines = watchCommandLines(others);
}, 120_000);

afterAll(async () => {
  commandLines?.stop();
  await site?.remove();
});

describe('A secret planted in a command, an output, a parameter or an environment never reaches the database, a log, evidence or a page', () => {
  test('the search finds each of them when it is planted in a file on purpose, in every form', () => {
    const content = Object.values(planted).map(
      (secret) => `x${Buffer.from(`y${secret}z`).toString('base64')}\n${secret}`,
    );
    expect(
      new Set(findPlanted(planted, 'file', content.join('\n')).map((line) => line.replace(/ as it is$/, ''))).size,
    ).toBeGreaterThan(Object.keys(planted).length * 2);
    const hidden = { secret: plant('hidden') };
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', hidden.secret], { stdio: 'ignore' });
    const watch = watchCommandLines(hidden);
    return new Promise<void>((resolve) => child.on('spawn', () => setTimeout(resolve, 200))).then(() => {
      child.kill('SIGKILL');
      expect(watch.stop()).not.toEqual([]);
    });
  });

  test('in work that goes well', { timeout: 240_000 }, async () => {
    expect(await told('protect', '--verbose')).toBe(0);
    expect(await told('protect', '--json')).toBe(0);
    expect(await told('watch', '--once', '--json')).toBe(0);
    expect(await told('drill', '--verbose')).toBe(0);
    expect(await told('loss')).toBe(0);
    expect(await told('points', '--refresh', '--json')).toBe(0);
  });

  test('in expectations that fail, and whose errors quote data and connection URLs', { timeout: 120_000 }, async () => {
    const before = readFileSync(site.world.siteFile, 'utf8');
    const failing = ['select note from planted', 'select note::int from planted', 'select refuse()'];
    const checks = failing.map((text) => `      - sql: { query: ${JSON.stringify(text)}, expect: 1 }\n`).join('');
    writeFileSync(site.world.siteFile, before.replace('    checks:\n', `    checks:\n${checks}`));
    expect(await told('drill', 'records', '--verbose')).toBe(3);
    expect(await told('drill', 'records', '--json')).toBe(3);
    writeFileSync(site.world.siteFile, before);
  });

  test('in passwords that are wrong and URLs that are malformed', { timeout: 120_000 }, async () => {
    for (const mode of ['--verbose', '--json']) {
      expect(await told('protect', 'records', mode, { RECORDS_URL: urlWith('wrong database password') })).toBe(1);
      const malformed = urlWith('password of a malformed URL').replace('port=5432', 'port=none');
      expect(await told('protect', 'records', mode, { RECORDS_URL: malformed })).not.toBe(0);
      const stores = { SECOND_PASSWORD: known('wrong store password') };
      expect(await told('drill', 'documents', '--from', 'second', mode, stores)).not.toBe(0);
      const records = `postgres://x:${encodeURIComponent(known('password of the store for records'))}@127.0.0.1:1/x`;
      expect(await told('runs', 'list', mode, { HOLDFAST_STORE: records })).toBe(6);
      const parameter = `postgres://x:${encodeURIComponent(known('password in a parameter'))}@localhost/x`;
      expect(await told('drill', 'records', '--point', parameter, mode)).not.toBe(0);
    }
  });

  test('in a recovery', { timeout: 120_000 }, async () => {
    await destroyWorld(site.world);
    expect(await told('recover', '--verbose')).toBe(0);
  });

  test('on any page of the HTTP face', { timeout: 120_000 }, async () => {
    const running = start(['serve', '--port', '0', '--verbose'], {});
    const address = await new Promise<string>((resolve, reject) => {
      const look = setInterval(() => {
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(running.stderr()) ?? [];
        if (found === undefined) return;
        clearInterval(look);
        resolve(found);
      }, 20);
      void running.ended.then((end) => {
        clearInterval(look);
        reject(new Error(`serve ended: ${end.stderr}`));
      });
    });
    const token = readFileSync(join(site.data, 'http-token'), 'utf8').trim();
    const ask = async (path: string, init: RequestInit = {}) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const answer = await fetch(address + path, { ...init, headers });
      said.push(await answer.clone().text());
      return answer;
    };
    try {
      for (const path of ['/openapi.json', '/v1/site/check', '/v1/points', '/v1/audit', '/v1/doctor', '/v1/loss']) {
        expect((await ask(path)).status, path).toBe(200);
      }
      const { runs } = (await (await ask('/v1/runs')).json()) as { runs: { id: string }[] };
      expect(runs.length).toBeGreaterThan(5);
      for (const { id } of runs) expect((await ask(`/v1/runs/${id}`)).status).toBe(200);
    } finally {
      running.kill('SIGTERM');
      keep(await running.ended);
    }
  });

  test('none of them is in what was said, in a command line, in a file or in a row', { timeout: 60_000 }, async () => {
    expect(said.join('').length).toBeGreaterThan(50_000);
    expect(findPlanted(planted, 'output', said.join('\n'))).toEqual([]);
    expect(commandLines.stop()).toEqual([]);
    expect(readdirSync(join(site.data, 'evidence')).length).toBeGreaterThan(4);
    expect(findPlantedBelow(planted, site.data)).toEqual([]);
    // A long value is compressed in the database's files: its rows are read as text too.
    const database = await openDatabase({ dataDirectory: site.data, signal: new AbortController().signal });
    try {
      const tables = await database.query<{ name: string }>(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('holdfast', 'dbos')",
      );
      expect(tables.length).toBeGreaterThan(8);
      for (const { name } of tables) {
        for (const { row } of await database.query<{ row: string }>(`select t::text as row from ${name} t`)) {
          expect(findPlanted(planted, name, row)).toEqual([]);
        }
      }
    } finally {
      await database.close();
    }
  });
});

function start(words: readonly string[], env: Readonly<Record<string, string>>) {
  return startHoldfast([...words, '--site', site.world.siteFile, '--data', site.data], {
    SECOND_PASSWORD: known('store password in the environment'),
    RECORDS_URL: urlWith('database password'),
    AWS_SECRET_ACCESS_KEY: known('variable of the environment'),
    ...env,
  });
}

/** Runs a command and keeps what it said; a last object is added to its environment. */
async function told(...words: readonly (string | Readonly<Record<string, string>>)[]): Promise<number | null> {
  const last = words.at(-1);
  const env = typeof last === 'object' ? last : {};
  const ended = await start(
    words.filter((word) => typeof word === 'string'),
    env,
  ).ended;
  keep(ended);
  return ended.code;
}

function keep({ stdout, stderr }: Ended): void {
  said.push(stdout, stderr);
}

function urlWith(password: keyof typeof planted): string {
  const { user, database, host } = site.world.connection;
  return `postgres://${user}:${encodeURIComponent(known(password))}@/${database}?host=${encodeURIComponent(host)}&port=5432`;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../src/evidence/model.ts';
import { databaseFingerprint } from '../services/fingerprint.ts';
import { smallSite, type TestSite } from '../services/holdfast.ts';
import { commandLine, familyOf } from '../services/leftovers.ts';
import { query } from '../services/postgres.ts';

let site: TestSite;

/** The hospital's database is lost while its server is up: Holdfast may not make a server, it is given one. */
beforeAll(async () => {
  site = await smallSite(0.003);
  const text = readFileSync(site.world.siteFile, 'utf8');
  writeFileSync(site.world.siteFile, text.replace(/ {6}cluster:\n(?: {8}.*\n)+/, ''));
  await site.json(0, 'protect', 'records');
}, 120_000);
afterAll(() => site?.remove());

test('a recovery into a running server that is killed while it loads is resumed in full, and drops nothing', {
  timeout: 120_000,
}, async () => {
  const { connection } = site.world;
  const kept = await databaseFingerprint(connection);
  const maintenance = { ...connection, database: 'postgres' };
  await query(maintenance, 'drop database hospital with (force)');
  const running = site.start('recover', 'records');
  // Killed when the loader has made the database and part of its tables.
  await reached(running.pid, async () => {
    const loads = familyOf(running.pid).some(({ pid }) => /pg_restore .*--create/.test(commandLine(pid)));
    return loads && (await tablesOf(connection)) > 2;
  });
  running.kill('SIGKILL');
  await running.ended;
  const { runs } = (await site.json(0, 'runs', 'list', '--operation', 'recover')) as unknown as {
    runs: { id: string; status: string }[];
  };
  expect(runs.map(({ status }) => status)).toEqual(['interrupted']);
  const resumed = (await site.json(0, 'runs', 'resume', runs[0]?.id ?? '')) as unknown as {
    output: { outcome: Outcome };
  };
  expect(resumed.output.outcome.assets[0]?.error).toBeUndefined();
  expect(resumed.output.outcome.verdict).toBe('PROVEN');
  expect(await databaseFingerprint(connection)).toEqual(kept);
  const databases = await query(
    maintenance,
    "select datname::text as name from pg_database where datname like 'hospital%'",
  );
  // What the killed attempt had begun was moved aside: nobody but a person drops a database.
  expect(databases.length).toBe(2);
});

async function tablesOf(connection: TestSite['world']['connection']): Promise<number> {
  try {
    const sql = "select count(*)::int as n from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace";
    const [row] = await query(connection, sql);
    return Number(row?.n);
  } catch {
    return 0;
  }
}

async function reached(pid: number, condition: () => Promise<boolean>): Promise<void> {
  for (const limit = performance.now() + 60_000; !(await condition()); await delay(3)) {
    if (performance.now() > limit || familyOf(pid).length === 0) throw new Error('it did not come to that');
  }
}

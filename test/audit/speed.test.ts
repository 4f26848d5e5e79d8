import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAuditLog } from '../../src/audit/log.ts';
import { checkProof } from '../../src/audit/prove.ts';
import { verifyLog } from '../../src/audit/verify.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Database, Queryable } from '../../src/store/types.ts';
import { fill, leaf, makeWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  // A hundred thousand leaves, put in place at once: this is about what comes after them.
  await world.database.transaction(async (transaction) => {
    await transaction.query(`
      insert into audit_leaves (index, entry)
      select n, '{"actor":"ada","facts":{},"kind":"old","time":"2026-11-20T00:00:00.000Z","run":"r' || n || '"}'
      from generate_series(0, 99999) as n`);
    await transaction.query('update audit_head set size = 100000');
  });
  await world.log.publish();
});

afterAll(async () => {
  await world.close();
});

describe('a log of 100,000 leaves', () => {
  it('publishes 1,000 more by reading those and the unfinished bundle alone', async () => {
    await fill(world, 100_000, 101_000);
    let rows = 0;
    const counting: Database = countRows(world.database, (count) => {
      rows += count;
    });
    const { directory, key } = world;
    const log = openAuditLog({ database: counting, directory, key, clock: systemClock });
    const started = performance.now();
    const { size } = await log.publish();
    const took = performance.now() - started;
    expect(size).toBe(101_000);
    expect(rows).toBeLessThan(1000 + 256 + 10);
    expect(took).toBeLessThan(2000);
    for (const index of [0, 65_535, 65_536, 99_999, 100_999]) {
      expect(checkProof(await log.prove(index), key.publicKey)).toMatchObject({ ok: true, size: 101_000 });
    }
  });

  it('adds a leaf in 2 ms at the median, beside what a disk takes to commit', async () => {
    const times: number[] = [];
    for (let number = 0; number < 200; number += 1) {
      const started = performance.now();
      await world.log.append(leaf(number), { key: `speed-${number}` });
      times.push(performance.now() - started);
    }
    expect(times.toSorted((a, b) => a - b)[100]).toBeLessThan(2);
  });

  it('is verified from its files in seconds', async () => {
    const started = performance.now();
    const result = await verifyLog(world.directory, { trustedKey: world.key.publicKey });
    expect(result).toMatchObject({ size: 101_000, differences: [] });
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

function countRows(database: Database, count: (rows: number) => void): Database {
  const counted = (inner: Queryable): Queryable => ({
    async query<Row extends object>(sql: string, values?: readonly unknown[]) {
      const rows = await inner.query<Row>(sql, values);
      count(rows.length);
      return rows;
    },
  });
  return {
    ...counted(database),
    transaction: (work) => database.transaction((transaction) => work(counted(transaction))),
  };
}

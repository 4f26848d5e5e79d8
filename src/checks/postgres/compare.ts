import type { Bench, PostgresConnection } from '../../engines/types.ts';
import type { PostgresFacts, TableFacts } from '../facts.ts';
import { check, type Findings } from '../result.ts';
import type { CheckResult } from '../types.ts';
import { findCanary } from './canary.ts';
import { readPostgresFacts } from './collect.ts';
import { compareSchema } from './schema/lines.ts';
import { isWithin, keyOf } from './sequences.ts';
import { quote } from './tables.ts';

const count = new Intl.NumberFormat('en');

/**
 * Compares a restored database with the facts recorded at backup time: rows, content, schema, sequences, canary. The restored
 * one is read once. Details name what differs and never quote it.
 */
export async function comparePostgres(
  recorded: PostgresFacts,
  connection: PostgresConnection,
  bench: Bench,
): Promise<CheckResult[]> {
  // One reading for all: started by the first check that needs it, so that its time is counted.
  let reading: Promise<PostgresFacts> | undefined;
  const restored = (): Promise<PostgresFacts> => {
    reading ??= readPostgresFacts(connection, {}, bench);
    return reading;
  };
  const results = [
    await check('row-counts', 'Row counts', bench, async () => compareRows(recorded, await restored())),
    await check('content-hashes', 'Content hashes', bench, async () => compareHashes(recorded, await restored())),
    await check('schema', 'Schema', bench, async () => compareSchemas(recorded, await restored())),
    await check('sequences', 'Sequences', bench, async () => compareSequences(recorded, await restored())),
  ];
  const { canary } = recorded;
  if (canary !== undefined) {
    results.push(await check('canary', 'Canary', bench, () => findCanary(connection, canary, bench)));
  }
  return results;
}

function compareRows(recorded: PostgresFacts, restored: PostgresFacts): Findings {
  const after = new Map(restored.tables.map((table) => [nameOf(table), table.rows]));
  const differences: string[] = [];
  for (const table of recorded.tables) {
    const rows = after.get(nameOf(table));
    if (rows === undefined) differences.push(`${nameOf(table)} is missing`);
    else if (rows !== table.rows) differences.push(`${nameOf(table)} has ${rows} rows, had ${table.rows}`);
    after.delete(nameOf(table));
  }
  for (const name of after.keys()) differences.push(`${name} was not there at backup time`);
  const rows = restored.tables.reduce((sum, table) => sum + table.rows, 0);
  const tables = restored.tables.length;
  return { summary: `${count.format(tables)} tables · ${count.format(rows)} rows`, differences };
}

function compareHashes(recorded: PostgresFacts, restored: PostgresFacts): Findings {
  const after = new Map(restored.tables.map((table) => [nameOf(table), table.hash]));
  const differing = recorded.tables.filter((table) => after.get(nameOf(table)) !== table.hash);
  const total = recorded.tables.length;
  return {
    summary: `${count.format(total - differing.length)} of ${count.format(total)} content hashes`,
    differences: differing.map((table) => `the content of ${nameOf(table)} differs`),
  };
}

function compareSchemas(recorded: PostgresFacts, restored: PostgresFacts): Findings {
  const differences = compareSchema(recorded.schema, restored.schema);
  return {
    summary: `${count.format(recorded.schema.length)} schema objects`,
    differences: differences.map(({ object, what }) => `${object}: ${what}`),
  };
}

function compareSequences(recorded: PostgresFacts, restored: PostgresFacts): Findings {
  const after = new Map(restored.sequences.map((sequence) => [keyOf(sequence), sequence.value]));
  const differences = recorded.sequences.flatMap((sequence) => {
    const value = after.get(keyOf(sequence));
    if (value === undefined) return [`${keyOf(sequence)} is missing`];
    return isWithin(sequence.value, value) ? [] : [`${keyOf(sequence)} stands at ${value}, stood at ${sequence.value}`];
  });
  return { summary: `${count.format(recorded.sequences.length)} sequences`, differences };
}

function nameOf(table: TableFacts): string {
  return `${quote(table.schema)}.${quote(table.table)}`;
}

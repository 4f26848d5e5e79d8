import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { copyLine } from './copy-text.ts';
import { defaultRows } from './create.ts';
import { documentFor } from './document-plan.ts';
import { censusFor, hospitalTables } from './tables.ts';

function contentHash(seed: string, rows: number): string {
  const hash = createHash('sha256');
  for (const { table, columns, lines } of hospitalTables(seed, censusFor(rows))) {
    hash.update(`${table}(${columns.join()})\n`);
    for (const line of lines) hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

describe('the hospital’s rows', () => {
  it('are the same on every machine: the content of a seed and a size has a known hash', () => {
    expect(contentHash('holdfast', 2000)).toBe('e56e0b6a10339fed947d4e6ffe726ef62ecac9da601c400e6fb31e1d2c37b674');
    expect(contentHash('another', 2000)).not.toBe(contentHash('holdfast', 2000));
  });

  it('are at least 300,000 in at least 8 tables at full size, with Korean and Chinese text', () => {
    const tables = hospitalTables('holdfast', censusFor(defaultRows));
    const texts = new Map(tables.map(({ table, lines }) => [table, [...lines]]));
    const rows = [...texts.values()].reduce((total, lines) => total + lines.length, 0);
    expect(rows).toBeGreaterThan(300_000);
    expect(tables.length).toBeGreaterThanOrEqual(8);
    const patients = texts.get('patients')?.join('\n');
    expect(patients).toMatch(/\p{Script=Hangul}/u);
    expect(patients).toMatch(/\p{Script=Han}/u);
  });

  it('have one document in the tree for each row of documents, at least 2,000 at full size', () => {
    const census = censusFor(defaultRows);
    expect(census.documents).toBeGreaterThanOrEqual(2000);
    const documents = hospitalTables('holdfast', census).find(({ table }) => table === 'documents');
    const first = [...(documents?.lines ?? [])][0];
    expect(first).toContain(documentFor('holdfast', 1).path);
  });
});

describe('copyLine', () => {
  it('writes what COPY reads back as it was: tabs, newlines, backslashes and nulls', () => {
    expect(copyLine(['a\tb', 'c\nd', 'e\\N', null, undefined, 7, true, ''])).toBe(
      'a\\tb\tc\\nd\te\\\\N\t\\N\t\\N\t7\ttrue\t',
    );
  });
});

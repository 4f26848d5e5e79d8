import { randomInt } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/evidence/model.ts';
import { smallSite, type TestSite } from '../services/holdfast.ts';

let site: TestSite;
let store: string;

beforeAll(async () => {
  site = await smallSite(0.003);
  store = site.world.stores.local;
  await site.json(0, 'protect');
}, 120_000);
afterAll(() => site?.remove());

describe('Damage of a single byte in a recovery point is found by the drill', () => {
  test.each(['data', 'index', 'snapshots', 'keys', 'config'])(
    'the first and the last byte of a file of the kind %s',
    { timeout: 120_000 },
    async (kind) => {
      const [path] = filesBelow(store).filter((file) => relative(store, file).startsWith(kind));
      if (path === undefined) throw new Error(`the store has no ${kind}`);
      for (const offset of [0, statSync(path).size - 1]) await expectFound(path, offset);
    },
  );

  test('25 bytes anywhere in the store, each as likely as any other', { timeout: 600_000 }, async () => {
    const files = filesBelow(store);
    const total = files.reduce((sum, path) => sum + statSync(path).size, 0);
    for (let trial = 0; trial < 25; trial += 1) {
      let place = randomInt(total);
      for (const path of files) {
        const { size } = statSync(path);
        if (place < size) {
          await expectFound(path, place);
          break;
        }
        place -= size;
      }
    }
  });

  test('after each byte was put back the recovery points are PROVEN', { timeout: 60_000 }, async () => {
    const { outcome } = (await site.json(0, 'drill')) as unknown as { outcome: Outcome };
    expect(outcome.verdict).toBe('PROVEN');
  });

  test('ten negative controls: each asset FAILED each time, and what found it is named', {
    timeout: 240_000,
  }, async () => {
    const flipped = new Set<string>();
    for (let trial = 0; trial < 10; trial += 1) {
      const { outcome } = (await site.json(3, 'drill', '--negative-control')) as unknown as { outcome: Outcome };
      expect(outcome).toMatchObject({ verdict: 'FAILED', negativeControl: true });
      for (const asset of outcome.assets) {
        const where = `${asset.flipped?.file} byte ${asset.flipped?.offset}`;
        expect(asset.verdict, where).toBe('FAILED');
        flipped.add(where);
        const found = asset.checks.filter(({ status }) => status === 'failed').map(({ name }) => name);
        expect([...found, asset.error?.code].filter(Boolean).length, where).toBeGreaterThan(0);
        if (found.length > 0) expect(asset.checks.flatMap(({ details }) => details).join(' '), where).not.toBe('');
      }
    }
    expect(flipped.size).toBeGreaterThan(15);
    const { outcome } = (await site.json(0, 'drill')) as unknown as { outcome: Outcome };
    expect(outcome.verdict).toBe('PROVEN');
  });
});

/** Flips a bit of one byte, drills both assets, and puts the byte back. */
async function expectFound(path: string, offset: number): Promise<void> {
  const place = `${relative(store, path)}, byte ${offset} of ${statSync(path).size}`;
  const before = flip(path, offset);
  try {
    const ended = await site.holdfast('drill', '--from', 'local', '--json');
    const { outcome } = JSON.parse(ended.stdout) as { outcome: Outcome };
    if (outcome.verdict === 'PROVEN') {
      expect(ended.code, place).toBe(0);
      expect(whyHarmless(path, offset, before), `${place} was changed and the drill came out PROVEN`).not.toBe('');
      // Proven means here: every file and every row that came out of this store has the hash recorded at backup time.
      for (const asset of outcome.assets) expect(asset.checks.length).toBeGreaterThan(1);
      return;
    }
    expect([3, 4], place).toContain(ended.code);
    const bad = outcome.assets.filter(({ verdict }) => verdict !== 'PROVEN');
    for (const asset of bad) {
      const named = asset.checks.filter(({ status }) => status !== 'passed').map(({ name }) => name);
      expect([...named, asset.error?.code].filter(Boolean).length, place).toBeGreaterThan(0);
    }
  } finally {
    writeByte(path, offset, before);
  }
}

/**
 * Why a byte is not on the way from the store to the restored data; empty when it is on it. restic reads where a blob lies from
 * the index; the list at the end of a pack repeats that, for the day the index is lost. And of a key file only what makes
 * the key counts; who made it and when is for people.
 */
function whyHarmless(path: string, offset: number, before: number): string {
  const content = readFileSync(path);
  content[offset] = before;
  const kind = relative(store, path).split('/')[0];
  if (kind === 'data') {
    const header = content.readUInt32LE(content.length - 4);
    return offset >= content.length - 4 - header ? 'the list at the end of a pack' : '';
  }
  if (kind === 'keys') {
    const text = content.toString('latin1');
    for (const [field] of text.matchAll(/"(?:created|username|hostname)":"[^"]*",?/g)) {
      const start = text.indexOf(field);
      if (offset >= start && offset < start + field.length) return 'who made a key, and when';
    }
  }
  return '';
}

function flip(path: string, offset: number): number {
  const file = openSync(path, 'r');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, offset);
  closeSync(file);
  const before = byte[0] ?? 0;
  writeByte(path, offset, before ^ (1 << randomInt(8)));
  return before;
}

function writeByte(path: string, offset: number, value: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.of(value), 0, 1, offset);
  closeSync(file);
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && basename(entry.parentPath) !== 'locks')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

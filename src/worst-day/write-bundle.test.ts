import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSigningKey } from '../audit/keys.ts';
import { seal } from './manifest.ts';
import type { BundleFile, Picture } from './picture.ts';
import { verifyBundle } from './verify-bundle.ts';
import { writeBundle } from './write-bundle.ts';

let home: string;
let files: readonly BundleFile[];

const picture: Picture = {
  ...{ site: 'clinic', timezone: 'UTC', madeAt: '2026-01-12T00:00:00.000Z', holdfast: '0', languages: ['en'], key: '' },
  ...{ siteFile: { path: '/x', sha256: '' }, recorded: false, assets: [], stores: [], targets: [], groups: [] },
  ...{ people: [], owners: [], openGates: [], runbooks: [], secrets: [] },
};

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'hf-bundle-'));
  const key = await openSigningKey(join(home, 'data'));
  files = seal([{ path: 'en/index.html', content: Buffer.from('page') }], picture, key);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('writing a bundle', () => {
  it('makes it readable by whoever holds the stick, whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      await writeBundle(join(home, 'out'), files);
    } finally {
      process.umask(before);
    }
    expect(statSync(join(home, 'out', 'en')).mode & 0o777).toBe(0o755);
    expect(statSync(join(home, 'out', 'en', 'index.html')).mode & 0o777).toBe(0o644);
  });

  it('finds the notes of a bundle that a power cut left aside', async () => {
    const out = join(home, 'out');
    await writeBundle(out, files);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    renameSync(out, join(home, '.out.new-Xy12Zz.old'));
    await writeBundle(out, files);
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine');
    expect(readdirSync(home).sort()).toEqual(['data', 'out']);
  });

  it('leaves what is there as it was when it cannot write', async () => {
    const out = join(home, 'out');
    await writeBundle(out, files);
    await expect(writeBundle(out, [...files, { path: '../outside', content: Buffer.from('x') }])).rejects.toThrow(
      TypeError,
    );
    expect((await verifyBundle(out)).differences).toEqual([]);
    expect(readdirSync(home).sort()).toEqual(['data', 'out']);
  });

  it('replaces no file, no link into another place, and no directory that only looks like a bundle', async () => {
    const file = join(home, 'file');
    writeFileSync(file, 'x');
    await expect(writeBundle(file, files)).rejects.toMatchObject({ code: 'bundle-place-taken' });
    const out = join(home, 'out');
    await writeBundle(out, files);
    symlinkSync('/etc/hostname', join(out, 'en', 'link'));
    await expect(writeBundle(out, files)).rejects.toMatchObject({ code: 'bundle-place-taken' });
    expect((await verifyBundle(out)).differences).toEqual([{ file: 'en/link', what: 'added' }]);
    rmSync(join(out, 'en', 'link'));
    writeFileSync(join(out, 'manifest.json'), '{"format":"holdfast-worst-day-v1"}');
    await expect(writeBundle(out, files)).rejects.toMatchObject({ code: 'bundle-place-taken' });
  });

  it('a page that was replaced by a link to the same bytes counts as changed', async () => {
    const out = join(home, 'out');
    await writeBundle(out, files);
    renameSync(join(out, 'en', 'index.html'), join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), join(out, 'en', 'index.html'));
    expect((await verifyBundle(out)).differences).toEqual([{ file: 'en/index.html', what: 'changed' }]);
  });
});

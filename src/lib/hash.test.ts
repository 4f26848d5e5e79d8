import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256, sha256File } from './hash.ts';

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hf-hash-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('sha256', () => {
  it('is that of FIPS 180-4, with text as UTF-8', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('한')).toBe(sha256(Buffer.from('한', 'utf8')));
  });
});

describe('sha256File', () => {
  it('is the same as that of the content, across the boundaries of chunks', async () => {
    const content = Buffer.alloc(3_000_001, 'holdfast');
    const path = join(directory, 'large');
    await writeFile(path, content);
    expect(await sha256File(path)).toBe(sha256(content));
  });

  it('stops when its signal aborts', async () => {
    const path = join(directory, 'stopped');
    await writeFile(path, Buffer.alloc(1000));
    await expect(sha256File(path, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('rejects for a file that is not there', async () => {
    await expect(sha256File(join(directory, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

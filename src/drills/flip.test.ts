import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flipOneByte } from './flip.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('changes exactly one bit of one byte, and says which', async () => {
  await mkdir(join(directory, 'inner'));
  const files = { 'a.txt': Buffer.alloc(500, 7), 'inner/b.bin': Buffer.alloc(3000, 200) };
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);

  const flipped = await flipOneByte(directory);

  const changed: { file: string; offset: number; bits: number }[] = [];
  for (const [name, content] of Object.entries(files)) {
    const now = await readFile(join(directory, name));
    expect(now.length).toBe(content.length);
    for (const [offset, byte] of now.entries()) {
      const difference = byte ^ (content[offset] ?? 0);
      if (difference !== 0)
        changed.push({ file: name, offset, bits: difference.toString(2).replaceAll('0', '').length });
    }
  }
  expect(changed).toEqual([{ file: flipped?.file, offset: flipped?.offset, bits: 1 }]);
  expect(flipped?.before).not.toBe(flipped?.after);
});

test('where there is no byte to change it says so', async () => {
  await writeFile(join(directory, 'empty'), '');
  expect(await flipOneByte(directory)).toBeUndefined();
});

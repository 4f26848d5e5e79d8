import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.ts';
import { keepAttachment } from './attachments.ts';
import { runsAnswer } from './runs-answer.ts';
import type { OperationContext } from './types.ts';

let directory: string;
const { signal } = new AbortController();

beforeEach(async () => {
  directory = await mkdtemp('/tmp/hf-attach-');
});
afterEach(async () => await rm(directory, { recursive: true, force: true }));

it('copies a file under its hash, for the owner alone, once', async () => {
  const file = join(directory, '\u{c0ac}\u{c9c4}.jpg');
  await writeFile(file, 'picture');
  const kept = await keepAttachment(directory, file, signal);
  expect(kept).toEqual({ name: '\u{c0ac}\u{c9c4}.jpg', sha256: sha256('picture'), bytes: 7 });
  await keepAttachment(directory, file, signal);
  const place = join(directory, 'attachments', kept.sha256);
  expect(await readFile(place, 'utf8')).toBe('picture');
  expect((await stat(place)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(directory, 'attachments'))).toEqual([kept.sha256]);
});

it('refuses what is no regular file of at most 50 MB, and does not wait for it', async () => {
  const large = join(directory, 'large');
  await writeFile(large, '');
  await truncate(large, 50 * 1024 * 1024 + 1);
  const pipe = join(directory, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const link = join(directory, 'link');
  await symlink('/dev/zero', link);
  for (const [file, reason] of [
    [large, 'bytes'],
    [pipe, 'no regular file'],
    [link, 'no regular file'],
    [directory, 'no regular file'],
    [join(directory, 'none'), 'not there'],
  ] as const) {
    await expect(keepAttachment(directory, file, signal)).rejects.toMatchObject({
      code: 'attachment-refused',
      details: { reason: expect.stringContaining(reason) },
    });
  }
  expect(await readdir(directory)).not.toContain('attachments');
});

it('takes no path from somebody who is not on this machine', async () => {
  const context = {
    services: {
      actor: { name: 'token', kind: 'token', face: 'http' },
      records: async () => {
        throw new Error('opened');
      },
    },
    signal,
  } as unknown as OperationContext;
  const input = { id: 'r', question: 'q', choice: 'done' };
  await expect(runsAnswer.handle(context, { ...input, attach: ['/etc/shadow'] })).rejects.toMatchObject({
    code: 'attachment-refused',
  });
  await expect(runsAnswer.handle(context, { ...input, attach: [] })).rejects.toThrow('opened');
});

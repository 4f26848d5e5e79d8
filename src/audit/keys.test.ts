import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSigningKey, ownPublicKey, readPublicKey } from './keys.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'hfkeys-'));
});

afterEach(async () => {
  await rm(data, { recursive: true });
});

describe('the key of a data directory', () => {
  it('is made at first use, for its owner alone, and stays the same', async () => {
    expect(await ownPublicKey(data)).toBeUndefined();
    const key = await openSigningKey(data);
    expect((await stat(join(data, 'keys/signing.key'))).mode & 0o777).toBe(0o600);
    expect((await openSigningKey(data)).publicKey.verifier).toBe(key.publicKey.verifier);
    expect((await ownPublicKey(data))?.verifier).toBe(key.publicKey.verifier);
    expect(key.publicKey.verify(Buffer.from('text'), key.sign(Buffer.from('text')))).toBe(true);
  });

  it('is one key when many begin at once, and leaves no other file', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openSigningKey(data)));
    expect(new Set(keys.map(({ publicKey }) => publicKey.verifier)).size).toBe(1);
    expect((await readdir(join(data, 'keys'))).sort()).toEqual(['signing.key', 'signing.pub']);
  });

  it('is not used when others could read it, when it is damaged, or when its public half was replaced', async () => {
    await openSigningKey(data);
    await chmod(join(data, 'keys/signing.key'), 0o640);
    await expect(openSigningKey(data)).rejects.toMatchObject({ code: 'key-exposed' });
    await chmod(join(data, 'keys/signing.key'), 0o600);
    const other = await mkdtemp(join(tmpdir(), 'hfkeys-'));
    await openSigningKey(other);
    await writeFile(join(data, 'keys/signing.pub'), await readFile(join(other, 'keys/signing.pub')));
    await rm(other, { recursive: true });
    await expect(openSigningKey(data)).rejects.toMatchObject({ code: 'key-differs' });
    await writeFile(join(data, 'keys/signing.key'), 'not a key\n');
    await expect(openSigningKey(data)).rejects.toMatchObject({ code: 'key-unreadable' });
  });

  it('never shows the private key in an error', async () => {
    await openSigningKey(data);
    const pem = await readFile(join(data, 'keys/signing.key'), 'utf8');
    await writeFile(join(data, 'keys/signing.key'), pem.replace('BEGIN', 'BEGUN'));
    const error: unknown = await openSigningKey(data).catch((thrown: unknown) => thrown);
    const [, secret = ''] = pem.split('\n');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack)).not.toContain(
      secret,
    );
  });

  it('is read from a public key file by whoever verifies', async () => {
    const { publicKey } = await openSigningKey(data);
    expect((await readPublicKey(join(data, 'keys/signing.pub'))).verifier).toBe(publicKey.verifier);
    await expect(readPublicKey(join(data, 'nothing'))).rejects.toMatchObject({ code: 'key-missing' });
    await expect(readPublicKey(join(data, 'keys/signing.key'))).rejects.toMatchObject({ code: 'key-unreadable' });
  });
});

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { readIfThere, writeOnce } from './files.ts';
import { type PublicKey, parseVerifier, publicKeyOf, type SigningKey } from './note.ts';

/**
 * The Ed25519 key of a data directory, made at first use. It signs checkpoints and evidence: their texts begin differently,
 * so that neither passes as the other. When several processes begin at once, all get the one key.
 */
export async function openSigningKey(dataDirectory: string): Promise<SigningKey> {
  const path = privateKeyPath(dataDirectory);
  await mkdir(join(dataDirectory, 'keys'), { recursive: true, mode: 0o700 });
  const pem = (await readPrivateKey(path)) ?? (await makePrivateKey(path));
  const key = signingKey(pem, path);
  await publish(publicKeyPath(dataDirectory), key.publicKey);
  return key;
}

/** The public key of a data directory without touching its private one; undefined before the first use. */
export async function ownPublicKey(dataDirectory: string): Promise<PublicKey | undefined> {
  const path = publicKeyPath(dataDirectory);
  return (await readIfThere(path)) === undefined ? undefined : readPublicKey(path);
}

/** Reads a public key file: one line, `name+id+base64`. */
export async function readPublicKey(path: string): Promise<PublicKey> {
  const text = await readIfThere(path);
  if (text === undefined) throw new HoldfastError('key-missing', { path });
  const key = parseVerifier(text.toString('utf8').trim());
  if (key === undefined) throw new HoldfastError('key-unreadable', { path });
  return key;
}

/** Where a data directory keeps its public key. */
export function publicKeyPath(dataDirectory: string): string {
  return join(dataDirectory, 'keys', 'signing.pub');
}

function privateKeyPath(dataDirectory: string): string {
  return join(dataDirectory, 'keys', 'signing.key');
}

async function readPrivateKey(path: string): Promise<string | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  // Who can read the key can sign in its name.
  if (((await stat(path)).mode & 0o077) !== 0) throw new HoldfastError('key-exposed', { path });
  return text.toString('utf8');
}

async function makePrivateKey(path: string): Promise<string> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  if (await writeOnce(path, pem, 0o600)) return pem;
  const theirs = await readPrivateKey(path);
  if (theirs === undefined) throw new HoldfastError('key-missing', { path });
  return theirs;
}

function signingKey(pem: string, path: string): SigningKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
    const publicKey = createPublicKey(key);
    const fingerprint = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
    // The name comes from the key, so that two data directories never share the name of a log.
    return {
      publicKey: publicKeyOf(`holdfast/${fingerprint.slice(0, 16)}`, publicKey),
      sign: (message) => sign(null, message, key),
    };
  } catch (error) {
    // The cause is left out: it could quote the key.
    if (error instanceof HoldfastError) throw error;
    throw new HoldfastError('key-unreadable', { path });
  }
}

async function publish(path: string, key: PublicKey): Promise<void> {
  const there = await readIfThere(path);
  if (there === undefined) return writeFileAtomic(path, `${key.verifier}\n`, 0o644);
  if (there.toString('utf8') !== `${key.verifier}\n`) throw new HoldfastError('key-differs', { path });
}

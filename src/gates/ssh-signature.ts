import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { keyOf } from './policy.ts';

/** What is compared: a text, and the signature that somebody says they made over it. */
export interface SignedText {
  readonly text: string;
  /** Kind of decision and site: a signature for one site says nothing at another. */
  readonly namespace: string;
  /** Public key as ssh-keygen writes it. */
  readonly key: string;
  /** Armoured, as `ssh-keygen -Y sign` writes it. */
  readonly signature: string;
}

/**
 * Whether the signature is one of this key over this text (PROTOCOL.sshsig of OpenSSH): Ed25519, ECDSA, RSA with SHA-2, and
 * the two kinds of security keys, which must have been touched. Anything malformed is no signature. Pure: it runs at each use.
 */
export function isSshSignature({ text, namespace, key, signature }: SignedText): boolean {
  try {
    const known = Buffer.from(keyOf(key).split(' ')[1] ?? '', 'base64');
    const reader = new Reader(unarmour(signature));
    if (reader.take(6).toString('latin1') !== magic || reader.number() !== 1) return false;
    const publicKey = reader.string();
    const signedNamespace = reader.string().toString('utf8');
    const reserved = reader.string();
    const hash = reader.string().toString('latin1');
    const blob = reader.string();
    if (!reader.atEnd || known.length === 0 || !publicKey.equals(known)) return false;
    if (signedNamespace !== namespace || (hash !== 'sha512' && hash !== 'sha256')) return false;
    const signed = Buffer.concat([
      Buffer.from(magic, 'latin1'),
      ...[Buffer.from(namespace), reserved, Buffer.from(hash), createHash(hash).update(text).digest()].map(sshString),
    ]);
    return fits(publicKey, blob, signed);
  } catch {
    return false;
  }
}

const magic = 'SSHSIG';

function unarmour(text: string): Buffer {
  const body = /^-----BEGIN SSH SIGNATURE-----\s+([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*$/.exec(text.trim());
  return Buffer.from(body?.[1]?.replaceAll(/\s/g, '') ?? '', 'base64');
}

function fits(publicKey: Buffer, blob: Buffer, signed: Buffer): boolean {
  const reader = new Reader(publicKey);
  const type = reader.string().toString('latin1');
  const signature = new Reader(blob);
  const algorithm = signature.string().toString('latin1');
  if (type === 'ssh-rsa') {
    const digest = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[algorithm];
    const [e, n] = [reader.string(), reader.string()];
    return digest !== undefined && verify(digest, signed, rsa(n, e), signature.string());
  }
  if (algorithm !== type) return false;
  if (type === 'ssh-ed25519') return verify(null, signed, ed25519(reader.string()), signature.string());
  if (type === 'sk-ssh-ed25519@openssh.com') {
    const key = ed25519(reader.string());
    const application = reader.string();
    const raw = signature.string();
    return verify(null, touched(application, signed, signature), key, raw);
  }
  const [, curve] = /^(?:sk-)?ecdsa-sha2-(nistp\d{3})(?:@openssh\.com)?$/.exec(type) ?? [];
  const known = curves.get(curve ?? '');
  if (known === undefined || reader.string().toString('latin1') !== curve) return false;
  const key = elliptic(reader.string(), known);
  const application = type.startsWith('sk-') ? reader.string() : undefined;
  const raw = new Reader(signature.string());
  const pair = Buffer.concat([raw.unsigned(known.bytes), raw.unsigned(known.bytes)]);
  const data = application === undefined ? signed : touched(application, signed, signature);
  return verify(known.hash, data, { key, dsaEncoding: 'ieee-p1363' }, pair);
}

/** What a security key signs. The lowest flag says that somebody touched it. */
function touched(application: Buffer, signed: Buffer, signature: Reader): Buffer {
  const state = signature.take(5);
  if (((state[0] ?? 0) & 1) === 0) throw new RangeError('nobody touched the key');
  const digest = (data: Buffer) => createHash('sha256').update(data).digest();
  return Buffer.concat([digest(application), state, digest(signed)]);
}

interface Curve {
  readonly name: string;
  readonly bytes: number;
  readonly hash: string;
}

const curves: ReadonlyMap<string, Curve> = new Map([
  ['nistp256', { name: 'P-256', bytes: 32, hash: 'sha256' }],
  ['nistp384', { name: 'P-384', bytes: 48, hash: 'sha384' }],
  ['nistp521', { name: 'P-521', bytes: 66, hash: 'sha512' }],
]);

function ed25519(bytes: Buffer): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') } });
}

function elliptic(point: Buffer, { name, bytes }: Curve): KeyObject {
  if (point.length !== 1 + 2 * bytes || point[0] !== 4) throw new RangeError('not an uncompressed point');
  const x = point.subarray(1, 1 + bytes).toString('base64url');
  const y = point.subarray(1 + bytes).toString('base64url');
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: name, x, y } });
}

function rsa(n: Buffer, e: Buffer): KeyObject {
  // Under 2048 bits a key of RSA proves nothing any more.
  if (n.length < 256) throw new RangeError('too short a key');
  const number = (bytes: Buffer) => (bytes[0] === 0 ? bytes.subarray(1) : bytes).toString('base64url');
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: number(n), e: number(e) } });
}

function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads the wire format of SSH; throws where it ends too early. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    if (taken.length !== length) throw new RangeError('too short');
    this.#at += length;
    return taken;
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.number());
  }

  /** An mpint as an unsigned number of so many bytes. */
  unsigned(bytes: number): Buffer {
    const written = this.string();
    const value = written[0] === 0 ? written.subarray(1) : written;
    if (value.length > bytes) throw new RangeError('too long a number');
    return Buffer.concat([Buffer.alloc(bytes - value.length), value]);
  }
}

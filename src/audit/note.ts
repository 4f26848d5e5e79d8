import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** An Ed25519 key that verifies, under its C2SP signed-note name. */
export interface PublicKey {
  readonly name: string;
  /** Eight hexadecimal digits: which key of that name. */
  readonly id: string;
  /** The note verifier form, `name+id+base64`: what is printed, kept and passed to `--key`. */
  readonly verifier: string;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** A key that signs: the private half never leaves the closure. */
export interface SigningKey {
  readonly publicKey: PublicKey;
  sign(message: Uint8Array): Buffer;
}

export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly signatures: number }
  | { readonly ok: false; readonly why: string };

/** Signs a text that ends in a newline (C2SP signed-note, Ed25519). */
export function signNote(text: string, key: SigningKey): string {
  if (!isNoteText(text)) throw new RangeError('a note ends in a newline and holds no control characters');
  const signature = Buffer.concat([Buffer.from(key.publicKey.id, 'hex'), key.sign(Buffer.from(text))]);
  return `${text}\n— ${key.publicKey.name} ${signature.toString('base64')}\n`;
}

/** The text of a note when `key` signed it. Signatures of other keys are ignored, a bad one of this key is not. */
export function openNote(note: string, key: PublicKey): OpenedNote {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !isNoteText(note)) return { ok: false, why: 'it is not a signed note' };
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  let verified = false;
  const others: string[] = [];
  for (const line of lines) {
    const [, name, encoded] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
    if (name === undefined || bytes === undefined || bytes.length < 5) {
      return { ok: false, why: 'it has a signature line that is not one' };
    }
    if (name !== key.name || bytes.subarray(0, 4).toString('hex') !== key.id) {
      others.push(name);
      continue;
    }
    if (!key.verify(Buffer.from(text), bytes.subarray(4))) {
      return { ok: false, why: `the signature of ${key.name} does not fit its text` };
    }
    verified = true;
  }
  if (!verified) return { ok: false, why: `it is signed by ${others.join(', ')}, not by ${key.name}` };
  return { ok: true, text, signatures: lines.length };
}

/** The verifying half of an Ed25519 key under a name. Throws a RangeError for another kind of key. */
export function publicKeyOf(name: string, key: KeyObject): PublicKey {
  const { crv, x } = key.export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new RangeError('not an Ed25519 key');
  if (!/^[^\s+]+$/.test(name)) throw new RangeError('a key name is not empty and has no spaces and no plus');
  const typed = Buffer.concat([ed25519, Buffer.from(x, 'base64url')]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
  return {
    name,
    id,
    verifier: `${name}+${id}+${typed.toString('base64')}`,
    verify: (message, signature) => signature.length === 64 && verify(null, message, key, signature),
  };
}

/** Reads the note verifier form; undefined when it is none, also when its id does not fit its name and key. */
export function parseVerifier(text: string): PublicKey | undefined {
  const [, name, , encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const typed = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || typed === undefined || typed.length !== 33 || typed[0] !== ed25519[0]) return undefined;
  const x = typed.subarray(1).toString('base64url');
  const key = publicKeyOf(name, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  return key.verifier === text ? key : undefined;
}

/** Strict base64: undefined for any text that is not the one encoding of its bytes, so that no character is without effect. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Signature type of plain Ed25519 in signed notes. */
const ed25519 = Uint8Array.of(1);

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]/.test(text) && text.isWellFormed();
}

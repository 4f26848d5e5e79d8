import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { decodeBase64, type PublicKey, type SigningKey } from '../audit/note.ts';
import { Envelope, preAuthenticationEncoding, signEnvelope } from '../evidence/dsse.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { BundleFile, Picture } from './picture.ts';

/** What a bundle consists of. Its canonical JSON is what is signed; that it is there says that a directory is a bundle. */
export const Manifest = z.strictObject({
  format: z.literal('holdfast-worst-day-v1'),
  site: z.string(),
  madeAt: z.string(),
  holdfast: z.string(),
  siteFileSha256: z.string(),
  /** Note verifier form of the key that signs. */
  key: z.string(),
  languages: z.array(z.string()),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** Media type of a manifest in a DSSE envelope. */
export const manifestType = 'application/vnd.holdfast.worst-day+json';

/** Files that speak of the others and are not in the manifest. */
export const sealFiles = {
  manifest: 'manifest.json',
  envelope: 'manifest.dsse',
  signature: 'manifest.sig',
  sums: 'SHA256SUMS',
} as const;

/** What people add to a bundle: kept when it is written anew, and no sign of tampering. */
export const notesFile = 'notes.txt';

/**
 * The files with what makes them one bundle: a manifest, its signature as a DSSE envelope and as bytes for OpenSSL, and
 * SHA256SUMS. The same files and key give the same bytes.
 */
export function seal(files: readonly BundleFile[], picture: Picture, key: SigningKey): readonly BundleFile[] {
  const content = [...files, ...keyFiles(key.publicKey)].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: Manifest = {
    format: 'holdfast-worst-day-v1',
    site: picture.site,
    madeAt: picture.madeAt,
    holdfast: picture.holdfast,
    siteFileSha256: picture.siteFile.sha256,
    key: key.publicKey.verifier,
    languages: [...picture.languages],
    files: content.map((file) => ({ path: file.path, bytes: file.content.length, sha256: sha256(file.content) })),
  };
  const text = Buffer.from(canonicalJson(manifest));
  const [{ sig }] = signEnvelope(manifestType, text, key).signatures;
  return [...content, ...makeSeals(text, Buffer.from(sig, 'base64'), key.publicKey, manifest)];
}

/** The files that speak of the others, from what was signed: nothing else is in them. */
export function makeSeals(text: Buffer, signature: Buffer, key: PublicKey, manifest: Manifest): readonly BundleFile[] {
  const signed: Envelope = {
    payload: text.toString('base64'),
    payloadType: manifestType,
    signatures: [{ keyid: key.name, sig: signature.toString('base64') }],
  };
  const seals: readonly BundleFile[] = [
    { path: sealFiles.manifest, content: text },
    { path: sealFiles.envelope, content: Buffer.from(`${canonicalJson(signed)}\n`) },
    { path: sealFiles.signature, content: signature },
  ];
  const listed = [...manifest.files, ...seals.map(({ path, content }) => ({ path, sha256: sha256(content) }))];
  const sums = listed.map((file) => `${file.sha256}  ${file.path}\n`).join('');
  return [...seals, { path: sealFiles.sums, content: Buffer.from(sums) }];
}

/** The manifest in its text; undefined when it is none, or not its canonical text. */
export function readManifest(text: Buffer): Manifest | undefined {
  const parsed = Manifest.safeParse(parseJson(text));
  return parsed.success && canonicalJson(parsed.data) === text.toString('utf8') ? parsed.data : undefined;
}

/** True when `signature` is one of `key` over the text of a manifest. */
export function signsManifest(text: Buffer, signature: Buffer, key: PublicKey): boolean {
  return key.verify(preAuthenticationEncoding(manifestType, text), signature);
}

/** What an envelope holds; empty when it is none. */
export function signedPayload(envelope: Buffer): Buffer {
  const parsed = Envelope.safeParse(parseJson(envelope));
  return (parsed.success ? decodeBase64(parsed.data.payload) : undefined) ?? Buffer.alloc(0);
}

export function signatureIn(envelope: Buffer): Buffer {
  const parsed = Envelope.safeParse(parseJson(envelope));
  return (parsed.success ? decodeBase64(parsed.data.signatures[0].sig) : undefined) ?? Buffer.alloc(0);
}

/** The public key in its own form and as OpenSSL reads it. */
function keyFiles(key: PublicKey): readonly BundleFile[] {
  const typed = Buffer.from(key.verifier.split('+').slice(2).join('+'), 'base64');
  const x = typed.subarray(1).toString('base64url');
  const pem = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  return [
    { path: 'signing.pem', content: Buffer.from(pem) },
    { path: 'signing.pub', content: Buffer.from(`${key.verifier}\n`) },
  ];
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

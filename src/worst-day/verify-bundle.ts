import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type PublicKey, parseVerifier } from '../audit/note.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { sha256, sha256File } from '../lib/hash.ts';
import {
  type Manifest,
  makeSeals,
  notesFile,
  readManifest,
  sealFiles,
  signatureIn,
  signedPayload,
  signsManifest,
} from './manifest.ts';
import { listBundle, readPart } from './write-bundle.ts';

/** What became of a file since the bundle was signed. */
export interface Difference {
  readonly file: string;
  readonly what: 'changed' | 'added' | 'removed';
}

export interface VerifiedBundle {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly key: PublicKey;
  readonly differences: readonly Difference[];
  /** Notes that people added: expected, and not signed. */
  readonly notes: boolean;
}

/**
 * Compares every file of a bundle with what was signed. Needs nothing but the files. `trusted` is the key that must have
 * signed. Throws `bundle-missing` where there is none or nothing signed is left of it, and `bundle-other-signer`.
 */
export async function verifyBundle(directory: string, trusted?: PublicKey): Promise<VerifiedBundle> {
  const { text, manifest, key, signature } = await findSigned(directory);
  if (trusted !== undefined && trusted.verifier !== key.verifier) {
    throw new HoldfastError('bundle-other-signer', { found: key.name, trusted: trusted.name });
  }
  const there = new Set(await listBundle(directory));
  const differences: Difference[] = [];
  for (const file of manifest.files) {
    if (!there.has(file.path)) differences.push({ file: file.path, what: 'removed' });
    else if (!(await isAsSigned(join(directory, file.path), file)))
      differences.push({ file: file.path, what: 'changed' });
  }
  // What seals a bundle follows from manifest and signature alone, so each of these files is known to the byte.
  for (const { path, content } of makeSeals(text, signature, key, manifest)) {
    if (!there.has(path)) differences.push({ file: path, what: 'removed' });
    else if (!(await readPart(directory, path)).equals(content)) differences.push({ file: path, what: 'changed' });
  }
  const own = new Set<string>([...manifest.files.map(({ path }) => path), ...Object.values(sealFiles), notesFile]);
  for (const file of there) if (!own.has(file)) differences.push({ file, what: 'added' });
  differences.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { manifest, manifestSha256: sha256(text), key, differences, notes: there.has(notesFile) };
}

interface Signed {
  readonly text: Buffer;
  readonly manifest: Manifest;
  readonly key: PublicKey;
  readonly signature: Buffer;
}

/** The manifest stands in its own file and in the envelope, the signature in the envelope and in a file: one whole pair is enough. */
async function findSigned(directory: string): Promise<Signed> {
  const envelope = await readPart(directory, sealFiles.envelope);
  const texts = [await readPart(directory, sealFiles.manifest), signedPayload(envelope)];
  const signatures = [await readPart(directory, sealFiles.signature), signatureIn(envelope)];
  for (const text of texts) {
    const manifest = readManifest(text);
    const key = manifest === undefined ? undefined : parseVerifier(manifest.key);
    const signature = key && signatures.find((candidate) => signsManifest(text, candidate, key));
    if (manifest !== undefined && key !== undefined && signature !== undefined)
      return { text, manifest, key, signature };
  }
  throw new HoldfastError('bundle-missing', { directory, reason: await whyNone(directory) });
}

async function whyNone(directory: string): Promise<string> {
  const found = await stat(directory).catch(() => undefined);
  if (found === undefined) return 'it is not there';
  if (!found.isDirectory()) return 'it is no directory';
  const names = await listBundle(directory);
  const { manifest, envelope } = sealFiles;
  if (names.includes(manifest) || names.includes(envelope))
    return `${manifest} and ${envelope} are not as they were signed`;
  return `it has no ${manifest}`;
}

async function isAsSigned(path: string, file: Manifest['files'][number]): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() && found.size === file.bytes && (await sha256File(path)) === file.sha256;
}

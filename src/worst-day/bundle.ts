import type { SigningKey } from '../audit/note.ts';
import { sha256 } from '../lib/hash.ts';
import { type GatherOptions, gather } from './gather.ts';
import { seal, sealFiles } from './manifest.ts';
import type { Picture } from './picture.ts';
import { renderPages } from './render.ts';
import { writeBundle } from './write-bundle.ts';

export interface BundleOptions extends Omit<GatherOptions, 'key'> {
  readonly key: SigningKey;
  readonly directory: string;
}

export interface WrittenBundle {
  /** Absolute. */
  readonly directory: string;
  readonly picture: Picture;
  readonly files: number;
  readonly bytes: number;
  /** Names the whole bundle. */
  readonly manifestSha256: string;
}

/**
 * Writes the worst-day bundle of a site: static pages for a stick that need neither Holdfast nor a network. The same site,
 * runbooks and records at the same time give the same bytes. Throws `bundle-runbook-unreadable` and `bundle-place-taken`.
 */
export async function makeBundle({ key, directory, ...options }: BundleOptions): Promise<WrittenBundle> {
  const { picture, evidence } = await gather({ ...options, key: key.publicKey });
  const proofs = [...evidence].map(([name, content]) => ({ path: `evidence/${name}`, content }));
  const files = seal([...renderPages(picture), ...proofs], picture, key);
  const manifest = files.find(({ path }) => path === sealFiles.manifest);
  return {
    directory: await writeBundle(directory, files),
    picture,
    files: files.length,
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    manifestSha256: sha256(manifest?.content ?? ''),
  };
}

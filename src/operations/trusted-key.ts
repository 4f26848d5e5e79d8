import type { PublicKey } from '../audit/note.ts';

/** A key that this verifier trusts, and why. */
export interface TrustedKey {
  readonly key: PublicKey;
  readonly from: 'given' | 'data-directory';
}

/** The key in the file given; without one, that of the data directory when `own` allows it and there is one. */
export async function trustedKey(
  dataDirectory: string,
  file: string | undefined,
  { own }: { readonly own: boolean },
): Promise<TrustedKey | undefined> {
  const { ownPublicKey, readPublicKey } = await import('../audit/keys.ts');
  if (file !== undefined) return { key: await readPublicKey(file), from: 'given' };
  const key = own ? await ownPublicKey(dataDirectory) : undefined;
  return key === undefined ? undefined : { key, from: 'data-directory' };
}

/** What is known of who signed. */
export function signerWords(from: TrustedKey['from'] | undefined): string {
  if (from === undefined) return 'consistent, signer not known here';
  return from === 'given' ? 'signed by the key given' : 'signed by the key of this data directory';
}

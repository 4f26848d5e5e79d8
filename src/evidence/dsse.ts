import { z } from 'zod';
import { decodeBase64, type PublicKey, type SigningKey } from '../audit/note.ts';

/** A DSSE envelope (secure-systems-lab/dsse, version 1) with one Ed25519 signature. */
export const Envelope = z.strictObject({
  payload: z.string(),
  payloadType: z.string(),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.string() })]),
});
export type Envelope = z.infer<typeof Envelope>;

/** Signs bytes of a type. The same bytes and key give the same envelope. */
export function signEnvelope(payloadType: string, payload: Uint8Array, key: SigningKey): Envelope {
  const sig = key.sign(preAuthenticationEncoding(payloadType, payload)).toString('base64');
  return {
    payload: Buffer.from(payload).toString('base64'),
    payloadType,
    signatures: [{ keyid: key.publicKey.name, sig }],
  };
}

/** True when `key` signed the envelope's type and payload. */
export function isSignedBy(envelope: Envelope, key: PublicKey): boolean {
  const payload = decodeBase64(envelope.payload);
  const signature = decodeBase64(envelope.signatures[0].sig);
  if (payload === undefined || signature === undefined) return false;
  return key.verify(preAuthenticationEncoding(envelope.payloadType, payload), signature);
}

/** What is signed: type and body with their lengths, so that neither can pass as a part of the other. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

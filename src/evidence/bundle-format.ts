import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import { Envelope } from './dsse.ts';
import { locate } from './locate.ts';
import type { AttachmentRecord } from './statement.ts';

/** A file carried inside the bundle. */
export const Attachment = z.strictObject({
  name: z.string(),
  mediaType: z.string(),
  /** Text where the content is UTF-8, else base64. */
  encoding: z.enum(['utf8', 'base64']),
  content: z.string(),
});
export type Attachment = z.infer<typeof Attachment>;

/** What a bundle holds before its leaf is published. */
export const Unproven = z.strictObject({
  format: z.literal('holdfast-evidence-v1'),
  envelope: Envelope,
  /** Note verifier form of the signing key. It shows that the parts belong together; who signed, only a trusted key shows. */
  publicKey: z.string(),
  attachments: z.array(Attachment),
});
export type Unproven = z.infer<typeof Unproven>;

/** The whole file: one line of canonical JSON and a newline. */
export const Bundle = Unproven.extend({
  /** That the envelope's hash is in the audit log. */
  proof: z.strictObject({ index: z.int().nonnegative(), entry: z.string(), hashes: z.array(z.string()) }),
  checkpoint: z.string(),
});
export type Bundle = z.infer<typeof Bundle>;

export function formatBundle(bundle: Bundle | Unproven): Buffer {
  return Buffer.from(`${canonicalJson(bundle)}\n`);
}

/**
 * Reads a bundle. Throws `evidence-changed`, naming the part, when it is not the one canonical text of what it says, and
 * `evidence-unreadable` when it has nothing of a bundle.
 */
export function parseBundle(bytes: Uint8Array): Bundle {
  const looksLikeOne = ['"format":"holdfast-evidence-v1"', '"envelope":{'].some((mark) =>
    Buffer.from(bytes).includes(mark),
  );
  if (!looksLikeOne) throw new HoldfastError('evidence-unreadable', { bytes: bytes.length });
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw changedAt(text, locate(text).at, 'the JSON breaks');
  }
  const parsed = Bundle.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw changed(partOf((issue?.path ?? []).map(String), value), issue?.message ?? 'not as expected');
  }
  const canonical = formatBundle(parsed.data).toString('utf8');
  if (canonical !== text) throw changedAt(text, firstDifference(canonical, text), 'the text is not the canonical one');
  return parsed.data;
}

/** How a content is carried: as text where nothing is lost by it. */
export function makeAttachment(name: string, mediaType: string, content: string | Uint8Array): Attachment {
  const bytes = Buffer.from(content);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text).equals(bytes);
  return isText
    ? { name, mediaType, encoding: 'utf8', content: text }
    : { name, mediaType, encoding: 'base64', content: bytes.toString('base64') };
}

/** The bytes of an attachment. */
export function contentOf({ encoding, content }: Attachment): Buffer {
  return Buffer.from(content, encoding);
}

export function recordOf(attachment: Attachment): AttachmentRecord {
  const content = contentOf(attachment);
  const { name, mediaType } = attachment;
  return { name, mediaType, bytes: content.length, digest: { sha256: sha256(content) } };
}

/** The error for a part that is not as it was signed. */
export function changed(part: string, difference: string): HoldfastError {
  return new HoldfastError('evidence-changed', { part, difference });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Read byte by byte the structure is the same, so that the broken place can be named.
    const text = Buffer.from(bytes).toString('latin1');
    const sound = Buffer.from(Buffer.from(bytes).toString('utf8'));
    throw changedAt(text, firstDifference(sound.toString('latin1'), text), 'the bytes are not UTF-8');
  }
}

function changedAt(text: string, at: number, difference: string): HoldfastError {
  const { path, behind } = locate(text, at);
  const part = partOf(path, undefined);
  return changed(
    behind && part !== between ? `${part} or the text behind it` : part,
    `${difference} at character ${at}`,
  );
}

/** What belongs to no value: names of members, and the signs between. */
const between = 'text between parts';

/** What a path in the bundle is called. */
function partOf(path: readonly string[], value: unknown): string {
  const [top, second, third] = path;
  switch (top) {
    case 'attachments': {
      const name = (value as { attachments?: { name?: unknown }[] })?.attachments?.[Number(second)]?.name;
      return second === undefined ? between : `attachment ${typeof name === 'string' ? name : second}`;
    }
    case 'envelope':
      if (second === 'signatures') return third === undefined ? between : 'signature';
      return second === undefined ? between : `envelope ${second}`;
    case 'proof':
      return second === undefined ? between : `proof ${second}`;
    case 'publicKey':
      return 'key';
    case 'checkpoint':
    case 'format':
      return top;
    default:
      return between;
  }
}

function firstDifference(expected: string, found: string): number {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  return at;
}

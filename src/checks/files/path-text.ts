/**
 * A path as text that JSON and a database can carry. Names that are UTF-8 without a backslash stay as they are; in any other
 * name a backslash is written `\\` and a byte that is no UTF-8 as `\xHH`, so that two names never become one.
 */
export function pathText(path: Buffer): string {
  const text = path.toString('utf8');
  if (!text.includes('\\') && !text.includes('\uFFFD')) return text;
  if (Buffer.from(text).equals(path)) return text.replaceAll('\\', '\\\\');
  return escapeBytes(path);
}

/** The path behind a text of `pathText`. */
export function pathBytes(text: string): Buffer {
  if (!text.includes('\\')) return Buffer.from(text);
  const parts: Buffer[] = [];
  for (const [whole, byte] of text.matchAll(/\\x([0-9a-f]{2})|\\\\|[^\\]+/g)) {
    if (byte !== undefined) parts.push(Buffer.from([Number.parseInt(byte, 16)]));
    else parts.push(Buffer.from(whole === '\\\\' ? '\\' : whole));
  }
  return Buffer.concat(parts);
}

function escapeBytes(path: Buffer): string {
  let text = '';
  for (let at = 0; at < path.length; ) {
    const length = characterLength(path, at);
    const part = path.subarray(at, at + Math.max(length, 1));
    text += length === 0 ? `\\x${part.toString('hex')}` : part.toString('utf8').replaceAll('\\', '\\\\');
    at += part.length;
  }
  return text;
}

/** Bytes of the character that begins at `at`; 0 when none does. Decoding refuses what RFC 3629 does: overlong forms, surrogates. */
function characterLength(path: Buffer, at: number): number {
  const lead = path[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const part = path.subarray(at, at + length);
  return part.length === length && Buffer.from(part.toString('utf8')).equals(part) ? length : 0;
}

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { HoldfastError } from '../../errors/holdfast-error.ts';

/**
 * The text of a kept stream of output, from its beginning, at most `limit` characters; `complete` is false when there is more. As
 * a program wrote it: pass it through `plainText` before it goes to a terminal. Errors: `output-unreadable`.
 */
export async function readOutput(
  dataDirectory: string,
  file: string,
  limit = 64 * 1024 * 1024,
): Promise<{ readonly text: string; readonly complete: boolean }> {
  const parts: string[] = [];
  let length = 0;
  const source = createReadStream(join(dataDirectory, file));
  const unpacked = source.pipe(createGunzip());
  source.on('error', (error) => unpacked.destroy(error));
  unpacked.setEncoding('utf8');
  try {
    for await (const part of unpacked as AsyncIterable<string>) {
      parts.push(part.slice(0, limit - length));
      length += part.length;
      if (length > limit) return { text: parts.join(''), complete: false };
    }
    return { text: parts.join(''), complete: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('output-unreadable', { file, reason }, { cause: error });
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

import { readFile } from 'node:fs/promises';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { sha256 } from '../../lib/hash.ts';

const sizeLimit = 4_000_000;

/** The text of a notes file: UTF-8, or UTF-16 as some editors save it. Throws `notes-unreadable`. */
export async function readNotesFile(file: string): Promise<{ readonly text: string; readonly sha256: string }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'it is not there' : error.message, error);
  });
  if (bytes.length > sizeLimit) throw unreadable(file, `it has more than ${sizeLimit / 1_000_000} MB`);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), sha256: sha256(bytes) };
  } catch (error) {
    throw unreadable(file, 'it is not text in UTF-8', error);
  }
}

function unreadable(file: string, reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError('notes-unreadable', { file, reason }, { cause });
}

import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';

const mostBytes = 50 * 1024 * 1024;
export const attachmentLimit = '50 MB';

/**
 * Copies a file into `attachments` of the data directory, named by the sha256 of its content. Only a regular file is taken, and only
 * one that does not grow beyond 50 MB while it is read. Errors: `attachment-refused`.
 */
export async function keepAttachment(
  dataDirectory: string,
  path: string,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly sha256: string; readonly bytes: number }> {
  const refuse = (reason: string) =>
    new HoldfastError('attachment-refused', { file: path, reason, limit: attachmentLimit });
  let source: FileHandle;
  try {
    // Not waiting: a pipe that nobody writes to would keep the answer for ever.
    source = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(code === 'ENOENT' ? 'it is not there' : code === 'EACCES' ? 'it may not be read' : String(code));
  }
  const directory = join(dataDirectory, 'attachments');
  const temporary = join(directory, `${randomBytes(8).toString('hex')}.tmp`);
  try {
    const stat = await source.stat();
    if (!stat.isFile()) throw refuse('it is no regular file');
    if (stat.size > mostBytes) throw refuse(`it has ${stat.size} bytes`);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const target = await open(temporary, 'wx', 0o600);
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      const buffer = Buffer.allocUnsafe(1 << 18);
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) break;
        bytes += bytesRead;
        if (bytes > mostBytes) throw refuse('it grew while it was read');
        hash.update(buffer.subarray(0, bytesRead));
        await target.writeFile(buffer.subarray(0, bytesRead));
      }
      await target.sync();
    } finally {
      await target.close();
    }
    const sha256 = hash.digest('hex');
    await rename(temporary, join(directory, sha256));
    return { name: basename(path), sha256, bytes };
  } finally {
    await source.close();
    await rm(temporary, { force: true });
  }
}

import { createHash } from 'node:crypto';
import { constants, type PathLike } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * SHA-256 of a file's content, through one buffer that the caller lends. A link that took the file's place is not followed, and a
 * named pipe does not hold it up. Reading leaves the access time alone where the system allows it.
 */
export async function hashFile(path: PathLike, buffer: Buffer, signal: AbortSignal): Promise<string> {
  const handle = await openQuietly(path);
  try {
    const hash = createHash('sha256');
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** O_NOATIME is Linux's, and only for the owner of the file or root. */
async function openQuietly(path: PathLike): Promise<FileHandle> {
  const quiet = (constants as { O_NOATIME?: number }).O_NOATIME;
  if (quiet === undefined) return await open(path, flags);
  try {
    return await open(path, flags | quiet);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    return await open(path, flags);
  }
}

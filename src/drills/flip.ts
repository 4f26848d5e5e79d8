import { randomInt } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The byte a negative control changed. Offset in bytes from the start of the file. */
export interface FlippedByte {
  readonly file: string;
  readonly offset: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Changes one bit of one byte of the files under a directory, chosen so that each byte is as likely as any other. This is
 * done to a drill's own copy, to show that its checks still find damage. Returns undefined when there is no byte to change.
 */
export async function flipOneByte(directory: string): Promise<FlippedByte | undefined> {
  const files = await filesBelow(directory);
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total === 0) return undefined;
  // randomInt takes ranges below 2^48: 281 TB in one drill.
  let place = randomInt(total);
  for (const file of files) {
    if (place < file.size) return await flipAt(directory, file.path, place);
    place -= file.size;
  }
  return undefined;
}

async function filesBelow(directory: string): Promise<{ path: string; size: number }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(files.sort().map(async (path) => ({ path, size: (await stat(path)).size })));
}

async function flipAt(directory: string, path: string, offset: number): Promise<FlippedByte> {
  const handle = await open(path, 'r+');
  try {
    const { atime, mtime } = await handle.stat();
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, offset);
    const before = byte.readUInt8(0);
    const after = before ^ (1 << randomInt(8));
    byte.writeUInt8(after, 0);
    await handle.write(byte, 0, 1, offset);
    // Decay does not touch the time of the last change, so a check must not live by it.
    await handle.utimes(atime, mtime);
    await handle.sync();
    return { file: relative(directory, path), offset, before, after };
  } finally {
    await handle.close();
  }
}

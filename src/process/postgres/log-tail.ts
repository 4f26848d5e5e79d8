import { open } from 'node:fs/promises';

/** The last lines of a log, at most 30 and 8 KiB, of what was written after byte `from`. Empty when there is no log. */
export async function readTail(file: string, from = 0): Promise<readonly string[]> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const start = Math.max(Math.min(from, size), size - 8192);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return lastLines(buffer.subarray(0, bytesRead).toString('utf8'));
  } finally {
    await handle.close();
  }
}

/** The last 30 lines that are not empty. */
export function lastLines(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-30);
}

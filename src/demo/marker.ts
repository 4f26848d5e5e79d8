import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const markerName = '.holdfast-demo';

/** Marks a directory as made by this run, with an id that nobody else can know. Returns the id. */
export async function writeMarker(directory: string): Promise<string> {
  const id = randomToken();
  await writeFile(join(directory, markerName), `${id}\n`, { mode: 0o600, flag: 'wx' });
  return id;
}

/** The id in the marker of a directory; undefined when there is none. */
export async function readMarker(directory: string): Promise<string | undefined> {
  const text = await readFile(join(directory, markerName), 'utf8').catch(() => undefined);
  return text?.trim();
}

/** 192 random bits, without a character that a URL or a shell would read otherwise. */
export function randomToken(): string {
  return randomBytes(24).toString('base64url');
}

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { sha256 } from '../lib/hash.ts';

/**
 * Keeps the text of a runbook as it was when its run began, by its hash, readable by the owner alone: it may hold secrets, which is why it is
 * not in the database. Returns the hash.
 */
export async function keepRunbook(dataDirectory: string, text: string): Promise<string> {
  const hash = sha256(text);
  const directory = join(dataDirectory, 'runbooks');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFileAtomic(join(directory, `${hash}.md`), text);
  return hash;
}

/** Throws `runbook-lost` when it is not there, or is not what it was. */
export async function readKeptRunbook(dataDirectory: string, hash: string): Promise<string> {
  const path = join(dataDirectory, 'runbooks', `${hash}.md`);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined || sha256(text) !== hash) throw new HoldfastError('runbook-lost', { path });
  return text;
}

import { join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Clock } from '../lib/clock.ts';
import { writeFileAtomic } from '../lib/files.ts';
import type { Queryable } from '../store/types.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { readIfThere } from './files.ts';
import { hashLeaf } from './merkle.ts';
import type { PublicKey, SigningKey } from './note.ts';
import { openTree, TileTrouble } from './reader.ts';
import { appendEntry, countEntries, lastSigned, readEntries, rememberSigned, type Signed } from './sequence.ts';
import type { Leaf } from './types.ts';
import { TreeWriter } from './writer.ts';

export interface PublishOptions {
  /** Whoever holds it has the turn to publish. */
  readonly transaction: Queryable;
  readonly directory: string;
  readonly key: SigningKey;
  readonly clock: Clock;
}

/**
 * Makes the files grow to all committed leaves and signs the result. Reads the right edge of the tree only. Bundles and
 * tiles are on disk before the checkpoint that needs them; a crash in between leaves files that no checkpoint covers, and the
 * next publication writes them again. Nothing is signed that does not continue what was signed before.
 */
export async function publishTree({ transaction, directory, key, clock }: PublishOptions): Promise<Signed> {
  const there = await readSigned(directory, key.publicKey);
  const last = await lastSigned(transaction, key.publicKey);
  if (last !== undefined && (there?.size ?? 0) < last.size) {
    await appendEntry(transaction, null, canonicalJson(restored(there, last, clock)));
  }
  const stored = await countEntries(transaction);
  const published = there?.size ?? 0;
  if (published > stored) throw new HoldfastError('audit-database-behind', { directory, published, stored });
  const writer = await takeUp(directory, there);
  await compareWithLast(directory, there, last);
  await resumeBundle(transaction, writer);
  if (there !== undefined && stored === published) {
    await rememberSigned(transaction, there);
    return there;
  }
  for await (const entry of readEntries(transaction, published, stored)) {
    await writer.add(entry);
    if (writer.size === last?.size && !writer.root().equals(last.root)) {
      throw new HoldfastError('audit-database-changed', {
        index: `${published} to ${writer.size - 1}`,
        difference: `these leaves do not lead to the root that was signed for ${writer.size}`,
      });
    }
  }
  await writer.flush();
  const signed = { size: stored, root: writer.root(), note: signCheckpoint(stored, writer.root(), key) };
  await writeFileAtomic(join(directory, checkpointPath(stored)), signed.note);
  await writeFileAtomic(join(directory, 'checkpoint'), signed.note);
  await rememberSigned(transaction, signed);
  await writer.tidy();
  return signed;
}

/** Where the checkpoint of a size is kept, under the log's directory. */
export function checkpointPath(size: number): string {
  return `checkpoints/${String(size).padStart(12, '0')}`;
}

async function readSigned(directory: string, key: PublicKey): Promise<Signed | undefined> {
  const note = (await readIfThere(join(directory, 'checkpoint')))?.toString('utf8');
  if (note === undefined) return undefined;
  const opened = openCheckpoint(note, key);
  if (!opened.ok) throw changed(directory, `its checkpoint does not verify: ${opened.why}`);
  return { ...opened.checkpoint, note };
}

/** Files that are older than what was signed last are made to grow again, but not without saying so. */
function restored(there: Signed | undefined, last: Signed, clock: Clock): Leaf {
  return {
    kind: 'audit-files-restored',
    time: clock.now().toISOString(),
    actor: 'holdfast',
    facts: { found: there?.size ?? null, signed: last.size },
  };
}

async function takeUp(directory: string, there: Signed | undefined): Promise<TreeWriter> {
  const writer = await tilesOf(directory, () => TreeWriter.open(directory, there?.size ?? 0));
  if (there !== undefined && !writer.root().equals(there.root)) {
    throw changed(directory, `its tiles do not lead to the root that was signed for ${there.size} leaves`);
  }
  return writer;
}

async function compareWithLast(directory: string, there: Signed | undefined, last: Signed | undefined): Promise<void> {
  if (there === undefined || last === undefined || there.size < last.size) return;
  const root = await tilesOf(directory, () => openTree(directory, there.size).range({ start: 0, end: last.size }));
  if (!root.equals(last.root)) {
    throw changed(directory, `it does not continue the tree that was signed for ${last.size} leaves`);
  }
}

/** Gives the writer the entries of its unfinished bundle, from the database, where each must be the published one. */
async function resumeBundle(transaction: Queryable, writer: TreeWriter): Promise<void> {
  const { unfinished, size } = writer;
  const entries: Buffer[] = [];
  for await (const entry of readEntries(transaction, size - unfinished.length, size)) {
    if (!unfinished[entries.length]?.equals(hashLeaf(entry))) {
      const index = size - unfinished.length + entries.length;
      throw new HoldfastError('audit-database-changed', { index, difference: 'it is not what was published' });
    }
    entries.push(entry);
  }
  writer.resume(entries);
}

async function tilesOf<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TileTrouble ? changed(directory, error.message, error) : error;
  }
}

function changed(directory: string, difference: string, cause?: unknown): HoldfastError {
  return new HoldfastError('audit-files-changed', { directory, difference }, { cause });
}

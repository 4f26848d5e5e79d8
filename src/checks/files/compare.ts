import type { Bench } from '../../engines/types.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { FilesFacts, ManifestEntry } from '../facts.ts';
import { check, type Findings } from '../result.ts';
import type { CheckResult } from '../types.ts';
import { hashFile } from './hash-file.ts';
import { inParallel } from './in-parallel.ts';
import { pathBytes } from './path-text.ts';
import { isGone, type Seen, walk } from './walk.ts';

const count = new Intl.NumberFormat('en');
const lanes = 4;
const bufferBytes = 1 << 20;

/**
 * Compares restored files with the manifest recorded at backup time: what is missing, what is there besides, content, mode, link
 * target, time of change. `directory` holds each file under its absolute path, as the store gives it back.
 */
export async function compareFiles(facts: FilesFacts, directory: string, bench: Bench): Promise<CheckResult[]> {
  const results = [await check('files', 'Files', bench, () => compareAll(facts, directory, bench))];
  const { canary } = facts;
  if (canary !== undefined) {
    results.push(await check('canary', 'Canary', bench, () => compareCanary(canary, directory, bench)));
  }
  return results;
}

async function compareAll(facts: FilesFacts, directory: string, bench: Bench): Promise<Findings> {
  const expected = new Map(facts.entries.map((entry) => [entry.path, entry]));
  const buffers = Array.from({ length: lanes }, () => Buffer.allocUnsafe(bufferBytes));
  const differences: string[] = [];
  const base = Buffer.from(directory.replace(/\/+$/, ''));
  const roots = facts.roots.map((root) =>
    Buffer.concat([base, Buffer.from(root === '/' ? '' : root.replace(/\/+$/, ''))]),
  );
  let files = 0;
  await inParallel(lanes, walk(roots, { strip: base }), async (seen, lane) => {
    if (bench.signal.aborted) throw new HoldfastError('cancelled', { what: 'Comparing files' });
    const { path } = seen.entry;
    const entry = expected.get(path);
    expected.delete(path);
    if (seen.entry.kind === 'file') files += 1;
    if (entry === undefined) differences.push(`${show(path)} was not there at backup time`);
    else if (entry.unstable !== true) {
      const buffer = buffers[lane] ?? Buffer.allocUnsafe(bufferBytes);
      const found = await compareOne(entry, seen, buffer, bench.signal);
      if (found.length > 0) differences.push(`${show(path)}: ${found.join(', ')}`);
    }
    if (files % 500 === 0) bench.progress({ done: files, total: facts.entries.length, unit: 'files' });
  });
  for (const entry of expected.values())
    if (entry.unstable !== true) differences.push(`${show(entry.path)} is missing`);
  const unstable = facts.entries.filter((entry) => entry.unstable === true).length;
  const aside = unstable === 0 ? '' : ` · ${count.format(unstable)} changed during the backup and are not compared`;
  return { summary: `${count.format(files)} files${aside}`, differences: differences.sort() };
}

/** Directories change their time when the restore fills them only if the tool does not set it back; restic does. */
async function compareOne(entry: ManifestEntry, seen: Seen, buffer: Buffer, signal: AbortSignal): Promise<string[]> {
  const now = seen.entry;
  if (entry.kind !== now.kind) return [`is a ${now.kind}, was a ${entry.kind}`];
  if (entry.kind === 'link') return entry.link === now.link ? [] : ['the link points elsewhere'];
  const differences: string[] = [];
  if (entry.kind === 'file') {
    if (entry.size !== now.size) differences.push(`has ${now.size} bytes, had ${entry.size}`);
    else if (entry.sha256 !== (await hashFile(seen.bytes, buffer, signal))) differences.push('the content differs');
  }
  if (entry.mode !== now.mode) differences.push(`has mode ${octal(now.mode)}, had ${octal(entry.mode)}`);
  if (entry.modifiedMs !== now.modifiedMs) differences.push('the time of the last change differs');
  return differences;
}

async function compareCanary(
  canary: { readonly path: string; readonly sha256: string },
  directory: string,
  bench: Bench,
): Promise<Findings> {
  try {
    const path = Buffer.concat([Buffer.from(directory.replace(/\/+$/, '')), pathBytes(canary.path)]);
    const found = await hashFile(path, Buffer.allocUnsafe(bufferBytes), bench.signal);
    if (found === canary.sha256) return { summary: 'canary', differences: [] };
    return { summary: 'no canary', differences: ['the canary file is not the one written before the backup'] };
  } catch (error) {
    if (!isGone(error)) throw error;
    return { summary: 'no canary', differences: ['the canary file is missing'] };
  }
}

/** Names may hold line breaks and escape sequences; a report is read in terminals and browsers. */
function show(path: string): string {
  return path.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (character) => JSON.stringify(character).slice(1, -1));
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

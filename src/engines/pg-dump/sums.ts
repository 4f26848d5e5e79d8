import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { sha256File } from '../../lib/hash.ts';
import type { Captured } from '../types.ts';
import { layout } from './layout.ts';

type Artifacts = Captured['artifacts'];

/** Hashes every file of a dump and writes the list beside them, so that a dump can be checked wherever it comes to. */
export async function writeSums(directory: string, signal: AbortSignal): Promise<Artifacts> {
  const artifacts = await hashFiles(directory, signal);
  const sums = join(directory, layout.sums);
  await writeFile(sums, artifacts.map(({ sha256, path }) => `${sha256}  ${path}\n`).join(''), { flag: 'wx' });
  const own = { path: layout.sums, size: (await stat(sums)).size, sha256: await sha256File(sums, signal) };
  return [...artifacts, own];
}

/**
 * Compares a dump with its list. A table's file that lost whole rows at its end loads without an error, so pg_restore cannot
 * be relied on to find it. Throws `dump-damaged`.
 */
export async function demandSums(directory: string, signal: AbortSignal): Promise<void> {
  const expected = parseSums(await readFile(join(directory, layout.sums), 'utf8').catch(() => ''));
  const problems: string[] = [];
  const there = new Map((await hashFiles(directory, signal)).map((artifact) => [artifact.path, artifact.sha256]));
  for (const [path, sha256] of expected) {
    const found = there.get(path);
    if (found === undefined) problems.push(`${path} is missing`);
    else if (found !== sha256) problems.push(`${path} was changed`);
    there.delete(path);
  }
  for (const path of there.keys()) problems.push(`${path} was not part of it`);
  if (!expected.has(layout.contents) || !expected.has(layout.globals)) problems.push(`${layout.sums} is incomplete`);
  if (problems.length === 0) return;
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : '';
  throw new HoldfastError('dump-damaged', { problem: `${problems[0]}${more}` }, { output: problems.join('\n') });
}

async function hashFiles(directory: string, signal: AbortSignal): Promise<Artifacts> {
  const names = await readdir(join(directory, layout.dump)).catch(() => []);
  const paths = [...names.map((name) => `${layout.dump}/${name}`), layout.globals].sort();
  const artifacts = [];
  for (const path of paths) {
    const size = await stat(join(directory, path)).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) continue;
    artifacts.push({ path, size, sha256: await sha256File(join(directory, path), signal) });
  }
  return artifacts;
}

function parseSums(text: string): Map<string, string> {
  const lines = text.split('\n').map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  return new Map(lines.flatMap((match) => (match?.[1] && match[2] ? [[match[2], match[1]] as const] : [])));
}

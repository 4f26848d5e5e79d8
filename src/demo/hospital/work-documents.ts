import { appendFile, lchown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { documentFor } from './document-plan.ts';
import { documentContent } from './documents.ts';
import { randomFor } from './random.ts';

export interface WorkOnDocumentsOptions {
  readonly seed?: string;
  /** How many documents are added; half as many are changed and a quarter as many are removed. Default 24. */
  readonly additions?: number;
  /** Who shall own what is added; needs root. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Paths relative to the directory, with `/`. */
export interface DocumentWork {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** A part of a day's work on the documents: scans come in, reports are amended, a few things filed wrongly are removed. */
export async function workOnDocuments(directory: string, options: WorkOnDocumentsOptions = {}): Promise<DocumentWork> {
  const seed = options.seed ?? 'a day';
  const random = randomFor(seed, 'documents');
  const additions = options.additions ?? 24;
  const existing = await documentsIn(directory);

  const changed = take(Math.ceil(additions / 2));
  const removed = take(Math.ceil(additions / 4));
  for (const path of changed) await appendFile(join(directory, path), `\n추기 · 補記 ${seed}\n`);
  for (const path of removed) await rm(join(directory, path));
  const added: string[] = [];
  for (let number = 1; number <= additions; number += 1) {
    const plan = documentFor(`added ${seed}`, number);
    const path = `inbox/${plan.path.replaceAll('/', '-')}`;
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), documentContent(seed, plan), { mode: 0o640 });
    if (options.owner !== undefined) await lchown(join(directory, path), options.owner.uid, options.owner.gid);
    added.push(path);
  }
  return { added, changed, removed };

  function take(count: number): string[] {
    const taken = [];
    while (taken.length < count && existing.length > 0) {
      taken.push(...existing.splice(random.integer(0, existing.length - 1), 1));
    }
    return taken;
  }
}

/** The documents filed by year, sorted, so that the seed chooses the same ones on every machine. */
async function documentsIn(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const year of await folders(directory, /^\d{4}$/)) {
    for (const month of await folders(join(directory, year), /^\d{2}$/)) {
      for (const name of await readdir(join(directory, year, month))) found.push(`${year}/${month}/${name}`);
    }
  }
  return found.sort();
}

async function folders(directory: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && pattern.test(entry.name)).map((entry) => entry.name);
}

import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isCode, readIfThere } from '../audit/files.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { type Manifest, notesFile, readManifest, sealFiles } from './manifest.ts';
import type { BundleFile } from './picture.ts';

/**
 * Writes a bundle whole: into a new directory beside the one named, flushed, then moved into its place. A bundle that is there
 * already is replaced, and its notes are kept; any other directory that is not empty, and a bundle with files that Holdfast
 * did not write, is refused with `bundle-place-taken`. Returns the absolute path.
 */
export async function writeBundle(directory: string, files: readonly BundleFile[]): Promise<string> {
  const target = resolve(directory);
  await putBack(target);
  const notes = await demandPlace(target);
  await mkdir(dirname(target), { recursive: true });
  const fresh = await mkdtemp(join(dirname(target), `.${basename(target)}.new-`));
  try {
    for (const { path, content } of files) await writeInto(fresh, path, content);
    if (notes !== undefined) await writeInto(fresh, notesFile, notes);
    await openToAll(fresh, files);
    await swap(fresh, target);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  return target;
}

/** A power cut between the two renames of `swap` leaves the old bundle aside, with its notes. */
async function putBack(target: string): Promise<void> {
  const parent = dirname(target);
  const names = await readdir(parent).catch((): string[] => []);
  if (names.includes(basename(target))) return;
  const aside = names.find((name) => name.startsWith(`.${basename(target)}.new-`) && name.endsWith('.old'));
  if (aside !== undefined) await rename(join(parent, aside), target);
}

/** Returns the notes of the bundle that is there. */
async function demandPlace(target: string): Promise<Buffer | undefined> {
  const found = await stat(target).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  const refuse = (reason: string) => new HoldfastError('bundle-place-taken', { directory: target, reason });
  if (!found.isDirectory()) throw refuse('it is no directory');
  const names = await listBundle(target);
  if (names.length === 0) return undefined;
  const manifest = await manifestOf(target);
  if (manifest === undefined) throw refuse(`it is no bundle, and holds ${names[0]}`);
  const own = new Set<string>([...manifest.files.map(({ path }) => path), ...Object.values(sealFiles), notesFile]);
  const foreign = names.find((name) => !own.has(name));
  if (foreign !== undefined) throw refuse(`somebody put ${foreign} into it`);
  return await readIfThere(join(target, notesFile));
}

/** The manifest of a directory; undefined when it is no bundle. */
async function manifestOf(directory: string): Promise<Manifest | undefined> {
  const text = await readIfThere(join(directory, sealFiles.manifest));
  return text === undefined ? undefined : readManifest(text);
}

/** Every file below a directory, with `/`, in order. What is no file, as a link, is listed too. */
export async function listBundle(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function writeInto(directory: string, path: string, content: Uint8Array): Promise<void> {
  // Names of files are Holdfast's own; one that leads outside would be a mistake here, never a wish of a runbook.
  if (!/^(?:[A-Za-z0-9][\w.-]*\/)*[A-Za-z0-9][\w.-]*$/.test(path)) throw new TypeError(`${path} is no name of a page`);
  const full = join(directory, path);
  await mkdir(dirname(full), { recursive: true });
  const file = await open(full, 'wx', 0o644);
  try {
    await file.writeFile(content);
    await file.chmod(0o644).catch(() => undefined);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A bundle is for whoever holds the stick, whatever the umask; and sticks are pulled out early, so directories are flushed. */
async function openToAll(directory: string, files: readonly BundleFile[]): Promise<void> {
  const directories = new Set(files.map(({ path }) => join(directory, dirname(path))));
  for (const one of [...directories].sort().reverse()) {
    // File systems without rights, as on most sticks, may refuse.
    await chmod(one, 0o755).catch(() => undefined);
    await flush(one);
  }
}

async function flush(directory: string): Promise<void> {
  const opened = await open(directory, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** What was there stays until the new one is in its place, and comes back when that fails. */
async function swap(fresh: string, target: string): Promise<void> {
  const aside = `${fresh}.old`;
  const moved = await rename(target, aside).then(
    () => true,
    (error: unknown) => {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    },
  );
  try {
    await rename(fresh, target);
  } catch (error) {
    if (moved) await rename(aside, target);
    throw error;
  }
  await flush(dirname(target));
  if (moved) await rm(aside, { recursive: true, force: true });
}

/** The bytes of a file of a bundle; empty when it is not there. */
export async function readPart(directory: string, path: string): Promise<Buffer> {
  return await readFile(join(directory, path)).catch(() => Buffer.alloc(0));
}

import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { formatBytes } from '../lib/bytes.ts';
import { sha256 } from '../lib/hash.ts';
import { resolvePath } from './paths.ts';
import { schemaProblems } from './schema-problems.ts';
import { Site } from './site.ts';
import { type PlacedProblem, positionOf, showProblems } from './site-problems.ts';
import { referenceProblems, type SiteProblem } from './site-references.ts';

/** A site file that was read and found right. Every local path in `site` is absolute. */
export interface LoadedSite {
  readonly site: Site;
  /** Absolute path of the file. */
  readonly path: string;
  /** The file's directory: what relative paths in it start from. */
  readonly directory: string;
  /** Hash of the file's bytes, for evidence. */
  readonly sha256: string;
}

const sizeLimit = 1_000_000;

/**
 * Reads and checks a site file. Throws `site-file-missing`, `site-file-unreadable`, or `site-file-invalid`, which lists every
 * mistake with its line, a caret and how to mend it.
 */
export async function loadSite(path: string): Promise<LoadedSite> {
  const absolute = resolve(path);
  const bytes = await readSiteFile(absolute);
  const directory = dirname(absolute);
  const site = parseSite(decode(bytes, absolute), absolute);
  return { site: withAbsolutePaths(site, directory), path: absolute, directory, sha256: sha256(bytes) };
}

/** The text of a site file as a Site; `path` is for messages. Paths stay as they were written. */
export function parseSite(text: string, path: string): Site {
  const source = text.replace(/^\uFEFF/, '');
  const lines = new LineCounter();
  const document = parseDocument(source, { version: '1.2', lineCounter: lines, prettyErrors: false });
  const broken: PlacedProblem[] = [...document.errors, ...document.warnings].map((error) => ({
    ...lines.linePos(error.pos[0]),
    message: syntaxMessage(error.code, error.message),
  }));
  if (broken.length > 0) throw invalid(path, source, broken);

  const value = plainValue(document, path, source);
  const parsed = Site.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = [...schemaProblems(parsed.error, Site, value, holdsSecret), ...referenceProblems(value)];
  throw invalid(
    path,
    source,
    unique(problems).map((problem) => ({
      ...positionOf(document, lines, problem),
      message: problem.message,
    })),
  );
}

async function readSiteFile(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw unreadable(path, 'it is not a file');
    if (found.size > sizeLimit) throw unreadable(path, `it has ${formatBytes(found.size)}`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new HoldfastError('site-file-missing', { path }, { cause: error });
    throw unreadable(path, code === 'EACCES' ? 'permission denied' : String(code), error);
  }
}

function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, 'it is not UTF-8 text', error);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError('site-file-unreadable', { path, reason, limit: formatBytes(sizeLimit) }, { cause });
}

/** Aliases are counted, so that a few lines cannot grow to gigabytes. */
function plainValue(document: ReturnType<typeof parseDocument>, path: string, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    const message = `the aliases in this file cannot be followed: ${(error as Error).message}`;
    throw invalid(path, source, [{ line: 1, col: 1, message }]);
  }
}

function syntaxMessage(code: string, message: string): string {
  const own: Readonly<Record<string, string>> = {
    DUPLICATE_KEY: 'this key is here twice; keep one',
    TAB_AS_INDENT: 'a tab indents this line; YAML takes spaces only',
    MULTIPLE_DOCS: 'a second document starts here; a site file is one document',
    TAG_RESOLVE_FAILED: `tags are not used in a site file (${message})`,
  };
  return own[code] ?? `this is not YAML: ${message.replace(/\s+/g, ' ')}`;
}

function unique(problems: readonly SiteProblem[]): SiteProblem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.message]), problem]));
  return [...seen.values()];
}

/** Where a secret was written by mistake, in place of where to read it: the message must not repeat it. */
function holdsSecret(path: SiteProblem['path']): boolean {
  return path.some((key) => key === 'password' || key === 'url');
}

function invalid(path: string, source: string, problems: readonly PlacedProblem[]): HoldfastError {
  const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`;
  return new HoldfastError('site-file-invalid', { path, count, problems: showProblems(path, source, problems) });
}

function withAbsolutePaths(site: Site, directory: string): Site {
  const absolute = (path: string) => resolvePath(path, directory);
  const stores = mapValues(site.stores, (store) => ({
    ...store,
    ...(store.path === undefined ? {} : { path: absolute(store.path) }),
    password: absoluteSecret(store.password, absolute),
  }));
  const assets = mapValues(site.assets, (asset): Site['assets'][string] => {
    if ('files' in asset) return { ...asset, files: { ...asset.files, paths: asset.files.paths.map(absolute) } };
    const { cluster } = asset.postgres;
    const made = cluster && {
      ...cluster,
      data: absolute(cluster.data),
      ...(cluster.socket === undefined ? {} : { socket: absolute(cluster.socket) }),
    };
    const postgres = { ...asset.postgres, url: absoluteSecret(asset.postgres.url, absolute) };
    return { ...asset, postgres: made === undefined ? postgres : { ...postgres, cluster: made } };
  });
  return { ...site, stores, assets };
}

function absoluteSecret<Ref extends object>(ref: Ref, absolute: (path: string) => string): Ref {
  return 'file' in ref && typeof ref.file === 'string' ? { ...ref, file: absolute(ref.file) } : ref;
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

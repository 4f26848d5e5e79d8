import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory, runUnprivileged, temporaryDirectory } from './programs.ts';

/** A restic repository that one test owns, and restic itself to look at it: the oracle, not the code under test. */
export interface TestRestic {
  /** Holds the repository, a cache and room for the test's own files. */
  readonly home: string;
  readonly path: string;
  readonly password: string;
  readonly cache: string;
  /** Runs restic on the repository and gives its standard output; throws with its standard error. */
  restic(...args: readonly string[]): string;
  /** Pack files, largest directories first: where a test flips a byte. */
  packs(): readonly string[];
  stop(): void;
}

/** Makes a repository with a password in a temporary directory. `init: false` only chooses the place. */
export function startRestic(options: { readonly init?: boolean; readonly password?: string } = {}): TestRestic {
  const home = temporaryDirectory('hfrs-');
  const path = join(home, 'repository');
  const cache = join(home, 'cache');
  const password = options.password ?? 'correct horse battery staple';
  const restic = (...args: readonly string[]): string =>
    runUnprivileged('restic', args, {
      env: { RESTIC_REPOSITORY: path, RESTIC_PASSWORD: password, RESTIC_CACHE_DIR: cache, HOME: home },
    });
  if (options.init !== false) restic('init');
  return { home, path, password, cache, restic, packs: () => packs(path), stop: () => removeDirectory(home) };
}

/** A second repository with the same content, so that damage done to it leaves the first whole. */
export function duplicate(from: TestRestic): TestRestic {
  const other = startRestic({ init: false, password: from.password });
  runUnprivileged('cp', ['-a', from.path, other.path]);
  return other;
}

function packs(path: string): readonly string[] {
  return readdirSync(join(path, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

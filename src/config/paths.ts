import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** An absolute path: `~` and `~/x` are the home of the account that runs Holdfast, the rest is relative to `base`. */
export function resolvePath(path: string, base: string, home: string = homedir()): string {
  if (path === '~') return home;
  if (path.startsWith('~/')) return join(home, path.slice(2));
  return resolve(base, path);
}

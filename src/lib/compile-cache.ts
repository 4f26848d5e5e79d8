import module from 'node:module';
import { join } from 'node:path';

/**
 * Keeps compiled code from one start to the next, in a directory that belongs to this user alone: the default one lies in
 * /tmp, where another account could have put code of its own. Does nothing before Node 22.
 */
export function enableCompileCache(env: Readonly<Record<string, string | undefined>>): void {
  const cache = env.XDG_CACHE_HOME || (env.HOME ? join(env.HOME, '.cache') : undefined);
  if (cache === undefined || env.NODE_COMPILE_CACHE !== undefined) return;
  module.enableCompileCache?.(join(cache, 'holdfast', 'node'));
}

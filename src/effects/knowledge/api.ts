import { coreutils } from './coreutils.ts';
import type { Family } from './types.ts';

/** Every family, one line each: the only place that names them. A test holds the files of this folder equal to this list. */
export const families: readonly Family[] = [coreutils];

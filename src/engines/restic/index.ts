import { facts } from './facts.ts';
import { open } from './open.ts';

/** Keeps files as encrypted, deduplicated snapshots in a restic repository. */
export const restic = { facts, open } as const;

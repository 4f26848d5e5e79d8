import type { Run } from '../execution/types.ts';
import type { Estate } from '../protection/estate.ts';
import type { Ledger } from './ledger.ts';
import type { Sessions } from './sessions.ts';
import type { Values } from './values.ts';
import type { Words } from './words/types.ts';
import type { World } from './world.ts';

/** All that carrying out a step needs. */
export interface Company {
  readonly run: Run;
  readonly estate: Estate;
  readonly world: World;
  readonly sessions: Sessions;
  readonly values: Values;
  readonly ledger: Ledger;
  readonly words: Words;
  /** When the run began, for its clock. */
  readonly startedAt: string;
}

/** Whether the run goes on after a step. It never does by itself after a failure: somebody said so. */
export type Next = 'go-on' | 'stop';

import type { AuditLog } from '../audit/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Report } from '../lib/progress.ts';
import type { Redact } from '../lib/redact.ts';
import type { Database } from '../store/types.ts';
import type { Engine } from './engine.ts';
import type { QuestionDesk } from './question-desk.ts';

/** What every run and step in this process works with. */
export interface Workshop {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly report: Report;
  readonly redact: Redact;
  readonly engine: Engine;
  readonly desk: QuestionDesk;
  /** Version of Holdfast, for the record. */
  readonly version: string;
  /** Number of this process: a row of another number is not ours to change. */
  readonly executor: number;
}

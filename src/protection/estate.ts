import type { SigningKey } from '../audit/note.ts';
import type { AuditLog } from '../audit/types.ts';
import type { SecretRef, Site } from '../config/site.ts';
import type { Clock } from '../lib/clock.ts';
import type { Report } from '../lib/progress.ts';
import type { Redact } from '../lib/redact.ts';
import type { Account } from '../process/types.ts';
import type { Database } from '../store/types.ts';

/** What the work on a site is given: everything it may touch, and nothing it has to look for. */
export interface Estate {
  readonly clock: Clock;
  readonly database: Database;
  readonly audit: AuditLog;
  /** Signs evidence and checkpoints. */
  readonly key: SigningKey;
  /** Holdfast's own directory: keys, audit log, evidence, work under way. */
  readonly dataDirectory: string;
  /** The account that children run as. */
  readonly account: Account;
  /** Reads a secret where the site file says it is. It is redacted everywhere from then on. */
  readonly secret: (ref: SecretRef) => Promise<string>;
  readonly redact: Redact;
  readonly report: Report;
  /** Language of reports, where somebody asked for another than the site's. */
  readonly language?: Site['language'];
}

/** A site as a durable run carries it: what the file said when the run began, so that an edit in between changes nothing. */
export interface SiteSource {
  readonly site: Site;
  /** Directory of the site file; relative paths start here. */
  readonly directory: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

import type { SigningKey } from '../audit/note.ts';
import type { AuditLog } from '../audit/types.ts';
import type { LoadedSite } from '../config/load.ts';
import type { Options } from '../config/options.ts';
import type { SecretRef } from '../config/site.ts';
import type { Runs } from '../execution/types.ts';
import type { Actor } from '../gates/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Report } from '../lib/progress.ts';
import type { Redact } from '../lib/redact.ts';
import type { Database } from '../store/types.ts';

/** What Holdfast remembers: its database, its audit log, its runs. Opened together, once. */
export interface Records {
  readonly database: Database;
  readonly audit: AuditLog;
  /** Signs checkpoints and evidence. */
  readonly key: SigningKey;
  /** Runs started through these are the act of this call's actor. */
  readonly runs: Runs;
}

/** What faces give to operations that start or describe them. */
export interface Faces {
  /** Answers over HTTP until `signal` aborts. `listening` is called once it does. */
  serve(
    port: number,
    context: { readonly services: Services; readonly signal: AbortSignal },
    listening: (started: Served) => void,
  ): Promise<Served>;
  /** A script that completes the commands of Holdfast in a shell. */
  completion(shell: 'bash' | 'zsh' | 'fish'): Promise<string>;
}

export interface Served {
  readonly url: string;
  readonly tokenFile: string;
}

/** All that an operation may use, made once by main.ts. Nothing is opened before it is asked for. */
export interface Services {
  readonly options: Options;
  readonly clock: Clock;
  /** Who acts in this call. */
  readonly actor: Actor;
  /** A person sits at a terminal that this call was typed at. */
  readonly hasTerminal: boolean;
  readonly redact: Redact;
  readonly report: Report;
  readonly faces: Faces;
  /** The site file named by the options; read once. */
  site(): Promise<LoadedSite>;
  /** The secret that a reference of the site file names. Every secret read is redacted from then on. */
  secret(ref: SecretRef): Promise<string>;
  records(): Promise<Records>;
  /** The same services for somebody else: a token of the HTTP face. `started` hears the id of each run they start. */
  actingAs(actor: Actor, started?: (run: string) => void): Services;
  /** Services for another site file and data directory, with the same actor and secrets. Close them yourself. */
  elsewhere(place: Pick<Options, 'site' | 'data'>): Services;
  close(): Promise<void>;
}

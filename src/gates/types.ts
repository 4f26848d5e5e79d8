import type { Label } from '../effects/types.ts';

/** Named authorities, all closed by default once gates are set up. An operation and a step name the one they need. */
export const gates = [
  'backup.run',
  'restore.run',
  'restore.drill',
  'offsite.sync',
  'retention.prune',
  'host.read',
  'host.write',
  'secret.read',
  'service.disrupt',
] as const;

export type Gate = (typeof gates)[number];

/** What a step does to the world. Read from the real command once effects are analysed; declared by the step until then. */
export type Effect = Exclude<Label, 'unknown' | 'not-shell'>;

/** Who acts: a person at the command line, a token over HTTP, a schedule. */
export interface Actor {
  readonly name: string;
  readonly kind: 'person' | 'token' | 'schedule';
  /** How they reached Holdfast: `cli`, `http`. */
  readonly face: string;
}

/** What somebody wants to do, asked before it is done. */
export interface Request {
  readonly actor: Actor;
  readonly run: string;
  readonly step: string;
  readonly gate: Gate;
  readonly effects: readonly Effect[];
  /** What it is done to, without secrets: `asset ledger`, `store ring`, `sandbox`. */
  readonly target: string;
}

export interface Decision {
  readonly allowed: boolean;
  /** `solo`: one person on their own machine owns the data directory and may act; every record says so. */
  readonly mode: 'solo';
  readonly reason: string;
}

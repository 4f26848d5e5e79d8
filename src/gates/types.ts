import type { Label } from '../effects/types.ts';

/** Named authorities, all closed until somebody opens them. An operation and a step name those they need. */
export const gates = [
  'backup.run',
  'restore.run',
  'restore.drill',
  'offsite.sync',
  'offsite.remote-delete',
  'escrow.marker-write',
  'retention.change',
  'retention.prune',
  'host.read',
  'host.write',
  'host.destroy',
  'kubernetes.act',
  'database.write',
  'secret.read',
  'data.egress',
  'network.change',
  'service.disrupt',
  'scan.active',
  'ai.modify',
] as const;

export type Gate = (typeof gates)[number];

/** What a step does to the world. Read from the real command where there is one; declared by the step elsewhere. */
export type Effect = Exclude<Label, 'not-shell'>;

/** Who acts: a person at the command line, a token over HTTP, a schedule, an AI assistant. */
export interface Actor {
  readonly name: string;
  readonly kind: 'person' | 'token' | 'schedule' | 'assistant';
  /** How they reached Holdfast: `cli`, `http`. */
  readonly face: string;
}

/** What an approval is bound to. Change any of it and its hash is another. */
export interface Subject {
  /** The resolved command, redacted: what a person reads before they agree. */
  readonly command: string;
  /** sha256 of the canonical JSON of command (resolved, unredacted), target, identity, runbook and effects. */
  readonly sha256: string;
  readonly target: string;
  readonly runbook?: string;
  readonly effects: readonly Effect[];
}

/** What somebody wants to do, asked before it is done. */
export interface Request {
  readonly actor: Actor;
  readonly site: string;
  readonly run: string;
  readonly step: string;
  /** All of them must be open. Empty only for what has no effect. */
  readonly gates: readonly Gate[];
  readonly effects: readonly Effect[];
  /** What it is done to, without secrets: `asset ledger`, `store ring`, `sandbox`, `target db1`. */
  readonly target: string;
  readonly subject: Subject;
  /** Asked for by the runbook's author, beyond the site's policy. */
  readonly approve?: { readonly need: number; readonly roles: readonly string[] };
}

/** `solo`: the site names no people, so one person on their own machine decides; every record says so. */
export type Mode = 'solo' | 'team';

/** Why a step is refused: the code of the error that it fails with. */
export type Refusal =
  | 'gate-closed'
  | 'gates-missing'
  | 'authority-unknown'
  | 'approval-denied'
  | 'approval-expired'
  | 'approval-impossible';

export type Decision =
  | {
      readonly allowed: true;
      readonly mode: Mode;
      readonly reason: string;
      /** Who agreed to this very step; nobody where no approval is asked for. */
      readonly by: readonly string[];
      readonly approval?: string;
      /** Gates that stand open because a glass was broken. */
      readonly broken?: readonly Gate[];
    }
  | {
      readonly allowed: false;
      readonly mode: Mode;
      readonly reason: string;
      readonly closed: readonly Gate[];
      readonly code: Refusal;
      readonly approval?: string;
    }
  /** Everything but the approval is there: execution waits for it. */
  | {
      readonly allowed: 'waiting';
      readonly mode: Mode;
      readonly reason: string;
      readonly approval: string;
    };

/** Somebody's signature over a decision, made with their own SSH key: the armoured text that `ssh-keygen -Y sign` writes. */
export interface Signature {
  readonly by: string;
  /** The public key, `type base64`. */
  readonly key: string;
  readonly signature: string;
}

/** How a gate was opened: the accepted answer of its owner, or the breaking of a glass. Times are ISO. */
export interface Opening {
  readonly id: string;
  readonly site: string;
  readonly gate: Gate;
  readonly kind: 'response' | 'break-glass';
  readonly mode: Mode;
  readonly owner: string;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly closedAt?: string;
  readonly reason: string;
  /** Targets it holds for; `*` is all. */
  readonly scope: readonly string[];
  readonly evidence: readonly string[];
  readonly followUpOwner: string;
  readonly rollbackOwner: string;
  /** When it may be used; always, without it. */
  readonly window?: { readonly from: string; readonly to: string };
  readonly validationPlan: string;
  /** Who signed it, in a team. */
  readonly signedBy: readonly string[];
}

/** So many of those with one of these roles must agree; anybody of the people where no role is named. */
export interface Requirement {
  readonly need: number;
  readonly roles: readonly string[];
}

export interface Vote {
  readonly by: string;
  readonly kind: Actor['kind'];
  readonly at: string;
  readonly grants: boolean;
  readonly reason: string;
  /** The sshsig signature over the approval's text, in a team. */
  readonly key?: string;
  readonly signature?: string;
}

export interface Approval {
  readonly id: string;
  readonly site: string;
  /** Empty while no run took it that was asked for ahead. */
  readonly run: string;
  /** Asked for before there was a run. */
  readonly ahead: boolean;
  readonly step: string;
  readonly subject: Subject;
  /** What the step acts on, and what it does, as the step itself says. */
  readonly target: string;
  readonly effects: readonly Effect[];
  /** sha256 of step, target, effects and subject together. */
  readonly binding: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly requirements: readonly Requirement[];
  readonly state: 'waiting' | 'granted' | 'denied' | 'expired' | 'void';
  readonly votes: readonly Vote[];
}

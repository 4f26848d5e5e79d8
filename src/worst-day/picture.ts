import type { SecretRef } from '../config/site.ts';
import type { Language } from '../evidence/report/messages/catalogue.ts';
import type { StepVerification } from '../procedures/verification.ts';
import type { Procedure } from '../runbooks/types.ts';

/** All that a worst-day bundle shows, gathered once, redacted once. Pages are made of it and of nothing else. */
export interface Picture {
  readonly site: string;
  readonly timezone: string;
  /** When it was gathered, ISO. */
  readonly madeAt: string;
  /** Version of the Holdfast that made it. */
  readonly holdfast: string;
  readonly languages: readonly Language[];
  readonly siteFile: { readonly path: string; readonly sha256: string };
  /** Note verifier form of the key that signs the bundle and the evidence. */
  readonly key: string;
  /** False where Holdfast had no records yet: then nothing is known of recovery points and drills. */
  readonly recorded: boolean;
  /** In the order in which they may come back. */
  readonly assets: readonly AssetPicture[];
  readonly stores: readonly StorePicture[];
  readonly targets: readonly TargetPicture[];
  readonly groups: readonly { readonly name: string; readonly targets: readonly string[]; readonly width: number }[];
  readonly people: readonly { readonly name: string; readonly roles: readonly string[] }[];
  /** Who may open which gate. */
  readonly owners: readonly { readonly gate: string; readonly people: readonly string[] }[];
  readonly openGates: readonly OpenGate[];
  readonly runbooks: readonly RunbookPicture[];
  /** Secret parameters of runbooks: where each is read. */
  readonly secrets: readonly { readonly name: string; readonly ref: SecretRef }[];
}

export interface AssetPicture {
  readonly name: string;
  readonly kind: 'postgres' | 'files';
  /** Assets of one wave may come back side by side; counts from 1. */
  readonly wave: number;
  readonly after: readonly string[];
  readonly rpoMs: number;
  readonly rtoMs: number;
  readonly copies: readonly string[];
  readonly postgres?: {
    readonly url: SecretRef;
    /** Where the server served, when the site file says so. */
    readonly cluster?: {
      readonly data: string;
      readonly port: number;
      readonly socket?: string;
      readonly account?: string;
    };
  };
  readonly paths: readonly string[];
  /** Recovery points, newest first. */
  readonly points: readonly PointPicture[];
  readonly lastDrill?: DrillPicture;
  readonly lastProven?: DrillPicture;
}

export interface PointPicture {
  readonly id: string;
  readonly takenAt: string;
  readonly bytes: number;
  readonly files: number;
  readonly rows: number | null;
  readonly factsSha256: string;
  readonly copies: readonly { readonly store: string; readonly dataSnapshot: string; readonly factsSnapshot: string }[];
}

export interface DrillPicture {
  readonly run: string;
  readonly point: string;
  readonly store: string;
  readonly verdict: 'PROVEN' | 'FAILED' | 'COULD NOT VERIFY';
  readonly at: string;
  /** How long bringing it back took, when the evidence could be read. */
  readonly tookMs?: number;
  /** Name of the evidence file within the bundle. */
  readonly evidence?: string;
}

export interface StorePicture {
  readonly name: string;
  readonly engine: string;
  readonly tier: 'local' | 'ring' | 'cold' | 'object' | 'offline';
  /** What restic is given as its repository. */
  readonly repository: string;
  readonly remote: boolean;
  readonly password: SecretRef;
}

export interface TargetPicture {
  readonly name: string;
  readonly kind: 'local' | 'ssh' | 'docker' | 'kubernetes';
  /** How a person reaches it: `ssh ops@db1`. */
  readonly reach: string;
  readonly identity: readonly { readonly fact: string; readonly value: string }[];
  readonly live: boolean;
}

export interface OpenGate {
  readonly gate: string;
  readonly owner: string;
  readonly openedBy: string;
  readonly expiresAt: string;
  readonly reason: string;
  readonly breakGlass: boolean;
}

export interface RunbookPicture {
  /** As the site file names it. */
  readonly path: string;
  /** File name within a language of the bundle. */
  readonly file: string;
  /** The whole source as text, redacted. */
  readonly source: string;
  readonly procedure: Procedure;
  /** By step: whether it was verified, as far as records tell. */
  readonly verified?: ReadonlyMap<string, StepVerification>;
}

/** A file of the bundle: its path with `/`, and what is in it. */
export interface BundleFile {
  readonly path: string;
  readonly content: Buffer;
}

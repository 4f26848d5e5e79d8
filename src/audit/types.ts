import type { Json } from '../lib/canonical-json.ts';
import type { Queryable } from '../store/types.ts';

/** One decision or act. Its canonical JSON is the entry in the log; it never holds a secret. */
export interface Leaf {
  /** `decision`, `run-started`, `step-started`, `step-finished`, `run-finished`, `recovery-point`, `evidence`, ... */
  readonly kind: string;
  readonly time: string;
  readonly actor: string;
  readonly run?: string;
  readonly step?: string;
  readonly facts: { readonly [key: string]: Json };
}

/** The transparency log of one data directory. */
export interface AuditLog {
  /**
   * Adds a leaf; with `key` at most once, so that a step replayed after a crash adds nothing twice. In a `transaction` it
   * stands or falls with the other records written there. Returns the index of the leaf.
   */
  append(leaf: Leaf, options?: { readonly key?: string; readonly transaction?: Queryable }): Promise<number>;
  /** Writes tiles and a signed checkpoint for all leaves so far; returns the checkpoint's text. */
  publish(): Promise<{ readonly size: number; readonly root: string; readonly checkpoint: string }>;
  /** Proof that a leaf is in the published tree. */
  prove(index: number): Promise<InclusionProof>;
}

/** An RFC 6962 inclusion proof with the signed checkpoint it leads to. */
export interface InclusionProof {
  readonly index: number;
  /** The leaf's canonical JSON. */
  readonly entry: string;
  /** Base64 hashes from the leaf's sibling to the root. */
  readonly hashes: readonly string[];
  /** Signed checkpoint (C2SP tlog-checkpoint). */
  readonly checkpoint: string;
}

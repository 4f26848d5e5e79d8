import { z } from 'zod';
import { CheckResult } from '../checks/types.ts';

/** What a drill or recovery found. COULD NOT VERIFY is never green. */
export const Verdict = z.enum(['PROVEN', 'FAILED', 'COULD NOT VERIFY']);
export type Verdict = z.infer<typeof Verdict>;

/** A span of time against what was promised. */
export const Measured = z.object({
  objectiveMs: z.number(),
  achievedMs: z.number().nullable(),
  met: z.boolean(),
});
export type Measured = z.infer<typeof Measured>;

/** The four parts of a recovery time. A phase that was not reached is null. */
export const Phases = z.object({
  fetchMs: z.number().nullable(),
  restoreMs: z.number().nullable(),
  /** Until the service is up and a write was committed. */
  startMs: z.number().nullable(),
  validateMs: z.number().nullable(),
});
export type Phases = z.infer<typeof Phases>;

export const AssetOutcome = z.object({
  asset: z.string(),
  kind: z.enum(['postgres', 'files']),
  verdict: Verdict,
  recoveryPoint: z.object({
    id: z.string(),
    takenAt: z.string(),
    store: z.string(),
    tier: z.string(),
    bytes: z.number(),
    files: z.number(),
    /** SHA-256 of the facts recorded at backup time. */
    factsSha256: z.string(),
  }),
  /** Version of the program that holds the data, as `PostgreSQL 15.18`; empty for files. */
  engine: z.string(),
  phases: Phases,
  rto: Measured,
  rpo: Measured,
  checks: z.array(CheckResult),
  /** Why it failed before the checks, in one line. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** The byte that a negative control flipped. */
  flipped: z.object({ file: z.string(), offset: z.number(), before: z.number(), after: z.number() }).optional(),
});
export type AssetOutcome = z.infer<typeof AssetOutcome>;

/** What was written after the last recovery point, as far as it can be known. */
export const AssetLoss = z.object({
  asset: z.string(),
  kind: z.enum(['postgres', 'files']),
  recoveryPoint: z.string(),
  /** Everything up to here is safe. */
  from: z.string(),
  /** Moment of loss. */
  to: z.string(),
  spanMs: z.number(),
  /** Last moment at which Holdfast saw the asset alive; null when it was not being watched. */
  lastSeen: z.string().nullable(),
  /** Rows of the audit tail between `from` and `to`, by table, actor and operation. */
  known: z.array(
    z.object({
      table: z.string(),
      actor: z.string(),
      op: z.string(),
      count: z.number(),
      first: z.string(),
      last: z.string(),
    }),
  ),
  /** Files seen to differ from the recovery point when the asset was last looked at. */
  files: z
    .object({ added: z.number(), changed: z.number(), removed: z.number(), examples: z.array(z.string()) })
    .optional(),
  /** What cannot be known, as keys of the message catalogue with the times or names they need. */
  unknown: z.array(
    z.object({
      key: z.enum([
        'after-last-seen',
        'not-watched',
        'no-audit-table',
        'only-audited',
        'files-after-last-seen',
        'moment-assumed',
      ]),
      detail: z.string(),
    }),
  ),
});
export type AssetLoss = z.infer<typeof AssetLoss>;

export const TimelineEntry = z.object({
  at: z.string(),
  durationMs: z.number().nullable(),
  what: z.string(),
  asset: z.string().optional(),
  outcome: z.enum(['succeeded', 'failed', 'info']),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** The whole result of a drill or a recovery: what evidence signs and what the report shows. No secrets. */
export const Outcome = z.object({
  kind: z.enum(['drill', 'recovery']),
  run: z.string(),
  site: z.string(),
  actor: z.string(),
  host: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  durationMs: z.number(),
  isolation: z.enum(['sandbox', 'process', 'none']),
  negativeControl: z.boolean(),
  verdict: Verdict,
  assets: z.array(AssetOutcome),
  loss: z.array(AssetLoss),
  timeline: z.array(TimelineEntry),
  tools: z.array(z.object({ name: z.string(), version: z.string() })),
  holdfast: z.string(),
});
export type Outcome = z.infer<typeof Outcome>;

import { z } from 'zod';
import { KeptSentence } from '../runbooks/words/index.ts';

/** How one step of a procedure ended. `unknown`: what became of it could not be found out; a person had to say. */
export const stepOutcomes = [
  'succeeded',
  'failed',
  'skipped',
  'not-chosen',
  'not-reached',
  'cancelled',
  'unknown',
  'rolled-back',
] as const;

/** One stream of output, kept redacted and compressed in the data directory. */
export const StoredOutput = z.object({
  /** Path within the data directory, ends in `.gz`. */
  file: z.string(),
  /** Of the redacted text before compression. */
  sha256: z.string(),
  bytes: z.number(),
  lines: z.number(),
  /** The last lines, at most 4 KB, for a person. */
  tail: z.string(),
});
export type StoredOutput = z.infer<typeof StoredOutput>;

export const TargetOutcome = z.object({
  target: z.string(),
  outcome: z.enum(['succeeded', 'failed', 'timed-out', 'cancelled', 'unknown', 'not-started']),
  exitCode: z.number().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  durationMs: z.number(),
  /** Found running or finished after a crash, not started again. */
  attached: z.boolean(),
  stdout: StoredOutput.optional(),
  stderr: StoredOutput.optional(),
  /** Why it counts as failed, in one line: exit status, an expectation that did not hold. */
  why: z.string().optional(),
  /** The same, to be said in any language. */
  said: z.array(KeptSentence).optional(),
  /** Processes still alive after it was killed; empty is the proof that none is. */
  survivors: z.array(z.number()).optional(),
});
export type TargetOutcome = z.infer<typeof TargetOutcome>;

export const StepOutcome = z.object({
  id: z.string(),
  line: z.number(),
  kind: z.enum(['command', 'manual', 'question', 'decision', 'checklist-item']),
  title: z.string(),
  section: z.array(z.string()),
  /** Resolved and redacted; empty for manual steps. */
  command: z.string(),
  effects: z.array(z.string()),
  gates: z.array(z.string()),
  /** sha256 of the step as the runbook has it. */
  hash: z.string(),
  outcome: z.enum(stepOutcomes),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  /** Without waiting for people. */
  durationMs: z.number(),
  /** From earlier runs of this very step; absent when there are none. */
  expectedMs: z.number().optional(),
  attempts: z.number(),
  targets: z.array(TargetOutcome),
  /** How it was taken back after it failed, when that was last tried: the command, resolved and redacted, and what came of it. */
  undone: z.object({ command: z.string(), targets: z.array(TargetOutcome) }).optional(),
  /** What people said about it, in order. */
  answers: z.array(
    z.object({
      question: z.string(),
      choice: z.string(),
      reason: z.string().optional(),
      by: z.string(),
      at: z.string(),
      attachments: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() })).optional(),
    }),
  ),
  /** Who approved it. */
  approvals: z.array(z.object({ id: z.string(), by: z.string(), at: z.string() })),
  /** Gates of it that stood open by a broken glass while it ran, and who broke them why. */
  brokenGlass: z
    .array(z.object({ gate: z.string(), id: z.string(), by: z.array(z.string()), reason: z.string() }))
    .optional(),
  /** What was kept of the target before it destroyed. */
  keptBefore: z.array(
    z.object({ name: z.string(), target: z.string(), stdoutSha256: z.string(), durationMs: z.number() }),
  ),
  captured: z.object({ name: z.string(), value: z.string() }).optional(),
});
export type StepOutcome = z.infer<typeof StepOutcome>;

export const runEndings = ['completed', 'completed-with-gaps', 'stopped', 'cancelled'] as const;

/** What a run of a runbook did, whole: what the report, the hand-over page and the evidence are made of. No secrets. */
export const ProcedureOutcome = z.object({
  format: z.literal('holdfast-procedure-v1'),
  run: z.string(),
  site: z.string(),
  timezone: z.string(),
  actor: z.string(),
  /** `solo` or `team`: who could have been asked. */
  mode: z.enum(['solo', 'team']),
  runbook: z.object({ title: z.string(), path: z.string(), sha256: z.string() }),
  startedAt: z.string(),
  finishedAt: z.string(),
  durationMs: z.number(),
  expectedMs: z.number().optional(),
  rtoMs: z.number().optional(),
  ending: z.enum(runEndings),
  /** `completed-with-gaps`: a step was skipped or its outcome is unknown. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  targets: z.array(
    z.object({ name: z.string(), kind: z.string(), identity: z.record(z.string(), z.string()), pinned: z.boolean() }),
  ),
  parameters: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      source: z.enum(['given', 'site', 'asked', 'captured', 'default']),
    }),
  ),
  alternatives: z.array(z.object({ question: z.string(), chosen: z.string(), by: z.string() })),
  steps: z.array(StepOutcome),
  notUnderstood: z.array(z.object({ line: z.number(), why: z.string(), said: KeptSentence.optional() })),
});
export type ProcedureOutcome = z.infer<typeof ProcedureOutcome>;

import { z } from 'zod';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Place } from './place.ts';

// restic's JSON output: https://restic.readthedocs.io/en/stable/075_scripting.html. Only the fields needed are asked for.

/** One line of `backup --json` or `restore --json`. */
export const ProgressLine = z.object({
  message_type: z.string(),
  total_bytes: z.number().optional(),
  bytes_done: z.number().optional(),
  bytes_restored: z.number().optional(),
});

export const BackupSummary = z.object({
  message_type: z.literal('summary'),
  data_added: z.number(),
  /** After compression; from 0.17 on. */
  data_added_packed: z.number().optional(),
  total_files_processed: z.number(),
  total_bytes_processed: z.number(),
  snapshot_id: z.string().optional(),
});
export type BackupSummary = z.infer<typeof BackupSummary>;

export const SnapshotLine = z.object({
  id: z.string(),
  time: z.string(),
  paths: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  original: z.string().optional(),
});
export type SnapshotLine = z.infer<typeof SnapshotLine>;

export const ForgetGroup = z.object({
  keep: z.array(SnapshotLine).nullish(),
  remove: z.array(SnapshotLine).nullish(),
  reasons: z
    .array(
      z.object({
        snapshot: z.object({ time: z.string(), id: z.string().optional() }),
        matches: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});
export type ForgetGroup = z.infer<typeof ForgetGroup>;

/** A line of JSON, or undefined when it is none of this kind: restic mixes text into some outputs. */
export function parseLine<Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A whole JSON document of standard output. Throws `store-output` when it is cut or of another form. */
export function parseDocument<Schema extends z.ZodType>(
  schema: Schema,
  output: { readonly stdout: string; readonly dropped: number },
  place: Place,
): z.output<Schema> {
  const { store } = place;
  if (output.dropped > 0)
    throw new HoldfastError('store-output', { program: 'restic', store, reason: 'it is too long' });
  try {
    return schema.parse(JSON.parse(output.stdout));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).slice(0, 200) : 'it is not JSON';
    throw new HoldfastError('store-output', { program: 'restic', store, reason }, { cause: error });
  }
}

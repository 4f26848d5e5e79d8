import { z } from 'zod';

/** One file, directory or link as it was at backup time. */
export const ManifestEntry = z.object({
  path: z.string(),
  kind: z.enum(['file', 'directory', 'link', 'other']),
  mode: z.number(),
  size: z.number(),
  modifiedMs: z.number(),
  sha256: z.string().optional(),
  link: z.string().optional(),
  /** It changed while the backup ran: its content was not pinned and is not compared. */
  unstable: z.boolean().optional(),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

export const TableFacts = z.object({
  schema: z.string(),
  table: z.string(),
  rows: z.number(),
  /** Order-free content hash: two sums of 64-bit row hashes, as text. */
  hash: z.string(),
});
export type TableFacts = z.infer<typeof TableFacts>;

/** What a PostgreSQL database was, read in the same snapshot as the dump. */
export const PostgresFacts = z.object({
  kind: z.literal('postgres'),
  database: z.string(),
  /** `server_version_num`, as 150018. */
  serverVersion: z.number(),
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
  systemIdentifier: z.string(),
  /** The role that initdb made, so that a cluster made anew has no role more than the old one. */
  superuser: z.string(),
  tables: z.array(TableFacts),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string() })),
  /** Sorted lines that say what the schema is: columns, constraints, indexes, functions, triggers, views, extensions, roles. */
  schema: z.array(z.string()),
  canary: z.object({ token: z.string() }).optional(),
  /** Files of the dump, by path within it. */
  artifacts: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
});
export type PostgresFacts = z.infer<typeof PostgresFacts>;

export const FilesFacts = z.object({
  kind: z.literal('files'),
  roots: z.array(z.string()),
  entries: z.array(ManifestEntry),
  canary: z.object({ path: z.string(), sha256: z.string() }).optional(),
});
export type FilesFacts = z.infer<typeof FilesFacts>;

export const Facts = z.discriminatedUnion('kind', [PostgresFacts, FilesFacts]);
export type Facts = z.infer<typeof Facts>;

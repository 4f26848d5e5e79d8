import { z } from 'zod';
import type { Database } from '../store/types.ts';

/** How files differed from the newest recovery point when they were last looked at. */
export const FileChanges = z.object({
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  /** A few of the paths. */
  examples: z.array(z.string()),
});
export type FileChanges = z.infer<typeof FileChanges>;

/** The last time an asset was seen alive. */
export interface Sighting {
  readonly seenAt: string;
  readonly files: FileChanges | null;
}

/** Records that an asset was alive at a moment; an older moment never replaces a newer one. */
export async function recordSighting(
  database: Database,
  where: { readonly site: string; readonly asset: string },
  sighting: Sighting,
): Promise<void> {
  await database.query(
    `insert into sightings (site, asset, seen_at, files) values ($1, $2, $3, $4)
     on conflict (site, asset) do update set seen_at = excluded.seen_at, files = excluded.files
       where sightings.seen_at < excluded.seen_at`,
    [where.site, where.asset, sighting.seenAt, sighting.files === null ? null : JSON.stringify(sighting.files)],
  );
}

export async function lastSighting(database: Database, site: string, asset: string): Promise<Sighting | undefined> {
  const [row] = await database.query<{ seen_at: Date; files: unknown }>(
    'select seen_at, files from sightings where site = $1 and asset = $2',
    [site, asset],
  );
  if (row === undefined) return undefined;
  return { seenAt: row.seen_at.toISOString(), files: FileChanges.nullable().parse(row.files) };
}

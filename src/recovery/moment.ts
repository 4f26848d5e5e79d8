import type { Estate } from '../protection/estate.ts';
import { lastSighting } from '../protection/sightings.ts';

/** When an asset was lost: as a person said, else when it was last seen alive, else now. Assumed unless a person said it. */
export async function momentOfLoss(
  estate: Pick<Estate, 'clock' | 'database'>,
  site: string,
  asset: string,
  told: string | undefined,
): Promise<{ readonly at: string; readonly assumed: boolean }> {
  if (told !== undefined) return { at: told, assumed: false };
  const sighting = await lastSighting(estate.database, site, asset);
  return { at: sighting?.seenAt ?? estate.clock.now().toISOString(), assumed: true };
}

import { compactTime } from '../lib/ids.ts';
import type { Estate } from './estate.ts';

/** More backups of one asset at one moment than anybody makes. */
const most = 600;

/**
 * A name for a recovery point that nobody else has or gets: `ledger/20261120T020003Z`. Of two backups in one second the later
 * takes the next second's name. Asked again for the same run it is the same.
 */
export async function namePoint(estate: Estate, site: string, asset: string, run: string): Promise<string> {
  const [given] = await estate.database.query<{ id: string }>('select id from point_names where run = $1', [run]);
  if (given !== undefined) return given.id;
  const now = estate.clock.now().getTime();
  for (let later = 0; later < most; later += 1) {
    const id = `${asset}/${compactTime(new Date(now + later * 1000))}`;
    // A point of this name may have come from another machine, by way of a store.
    const won = await estate.database.query(
      `insert into point_names (site, id, run)
       select $1, $2, $3 where not exists (select from recovery_points where site = $1 and id = $2)
       on conflict (site, id) do nothing returning id`,
      [site, id, run],
    );
    if (won.length > 0) return id;
  }
  throw new TypeError(`no name is free for a recovery point of ${asset}`);
}

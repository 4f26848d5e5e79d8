import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { check } from '../result.ts';
import type { CheckResult } from '../types.ts';
import { openSession } from './session.ts';

/**
 * Asks the server whether any page it read so far had a wrong checksum. Run it last: the other checks have read every table by then.
 * Without checksums in the cluster nothing can be said, and nothing is said.
 */
export async function checkPageChecksums(connection: PostgresConnection, bench: Bench): Promise<CheckResult> {
  return await check('page-checksums', 'Page checksums', bench, async () => {
    const session = await openSession(connection, bench);
    try {
      const [row] = await session.query(
        'asking for page checksums',
        `select current_setting('data_checksums') as enabled,
                (select coalesce(sum(checksum_failures), 0) from pg_stat_database) as failures`,
      );
      if (row?.enabled !== 'on') return { reason: 'the cluster has no page checksums' };
      const failures = Number(row.failures ?? 0);
      return {
        summary: 'page checksums',
        differences: failures === 0 ? [] : [`${failures} pages had a wrong checksum when they were read`],
      };
    } finally {
      await session.close();
    }
  });
}

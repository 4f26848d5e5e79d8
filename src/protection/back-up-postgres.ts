import { writeCanary } from '../checks/postgres/canary.ts';
import { collectPostgresFacts } from '../checks/postgres/collect.ts';
import { serverMajor } from '../checks/postgres/server.ts';
import { parsePostgresUrl } from '../config/postgres-url.ts';
import type { PostgresAsset } from '../config/site.ts';
import { postgresSource } from '../engines/api.ts';
import type { Bench } from '../engines/types.ts';
import { postgresPrograms } from '../process/programs.ts';
import { type BackedUp, type BackUpWork, keepPoint, makeStage } from './back-up.ts';

/** Processes that dump, and connections that read facts, at once. */
const jobs = 2;

/** Dumps a database while its facts are read in the same snapshot, and keeps both. */
export async function backUpPostgres(work: BackUpWork, asset: PostgresAsset, bench: Bench): Promise<BackedUp> {
  const connection = parsePostgresUrl(await work.estate.secret(asset.postgres.url), `the url of ${work.name}`);
  const { bin } = await postgresPrograms(await serverMajor(connection, bench));
  const canary = asset.postgres.canary ? { canary: await writeCanary(connection, bench) } : {};
  const stage = await makeStage(work, 'dump');
  const source = postgresSource(asset.postgres.engine);
  let takenAt = work.estate.clock.now();
  const { facts, captured } = await collectPostgresFacts(
    connection,
    (snapshot, linked) => {
      takenAt = work.estate.clock.now();
      return source.capture({ connection, bin, snapshot, jobs }, stage, linked);
    },
    { sessions: jobs, ...canary },
    bench,
  );
  const amount = {
    bytes: captured.bytes,
    files: captured.artifacts.length,
    rows: facts.tables.reduce((sum, table) => sum + table.rows, 0),
  };
  return await keepPoint(work, asset, { facts, amount, takenAt, warnings: captured.warnings }, bench, async () => {
    const kept = await work.store.keep(
      { paths: [stage], base: stage, tags: work.tags('data', takenAt), time: takenAt },
      bench,
    );
    return { snapshot: kept.snapshot, added: kept.added };
  });
}

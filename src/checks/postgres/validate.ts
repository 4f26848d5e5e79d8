import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { together } from '../../lib/together.ts';
import type { Sandbox } from '../../process/types.ts';
import type { PostgresFacts } from '../facts.ts';
import type { CheckResult } from '../types.ts';
import { checkIndexes } from './amcheck.ts';
import { checkArtifacts } from './artifacts.ts';
import { comparePostgres } from './compare.ts';
import { checkPageChecksums } from './page-checksums.ts';
import { checkSql, type Expectation } from './sql.ts';

export interface ValidateRequest {
  readonly facts: PostgresFacts;
  /** Directory of the dump that the database was made of. */
  readonly dump: string;
  /** A superuser's connection to the restored database. */
  readonly connection: PostgresConnection;
  /** Programs of the server's major version. */
  readonly bin: string;
  readonly expectations: readonly Expectation[];
  readonly sandbox?: Sandbox;
  /** A server that somebody else runs: its pages and extensions are not looked at, its content is. */
  readonly foreign?: boolean;
}

/**
 * Every check of a restored database, in the order in which they must be: comparisons before amcheck, which installs an extension
 * for its time, and page checksums last, when every table was read.
 */
export async function validatePostgres(request: ValidateRequest, bench: Bench): Promise<CheckResult[]> {
  const { facts, connection, expectations } = request;
  const [artifacts, compared] = await together(
    bench.signal,
    (signal) => checkArtifacts(facts.artifacts, request.dump, { ...bench, signal, progress: () => undefined }),
    (signal) => comparePostgres(facts, connection, { ...bench, signal }),
  );
  const [indexes, sql] = await together<[CheckResult[], CheckResult[]]>(
    bench.signal,
    async (signal) => (request.foreign === true ? [] : [await checkIndexes(request, { ...bench, signal })]),
    async (signal) =>
      expectations.length === 0 ? [] : [await checkSql(expectations, connection, { ...bench, signal })],
  );
  const pages = request.foreign === true ? [] : [await checkPageChecksums(connection, bench)];
  return [artifacts, ...compared, ...indexes, ...sql, ...pages];
}

import type { Bench, PostgresConnection } from '../../engines/types.ts';
import { check, type Findings } from '../result.ts';
import type { CheckResult } from '../types.ts';
import { openSession, type Session } from './session.ts';

export interface Expectation {
  readonly query: string;
  readonly expect: string | number | boolean | null;
}

const limitSeconds = 300;

/**
 * The site's own expectations, each in a read-only transaction with a time limit. A query that returns another value, or not one
 * row with one column, or fails, is a failed expectation. The value found is never told.
 */
export async function checkSql(
  expectations: readonly Expectation[],
  connection: PostgresConnection,
  bench: Bench,
): Promise<CheckResult> {
  return await check('sql', 'SQL expectations', bench, async () => {
    const session = await openSession(connection, bench);
    try {
      return await holdAll(session, expectations, bench);
    } finally {
      await session.close();
    }
  });
}

async function holdAll(session: Session, expectations: readonly Expectation[], bench: Bench): Promise<Findings> {
  const differences: string[] = [];
  for (const [index, expectation] of expectations.entries()) {
    const problem = await hold(session, expectation, bench);
    if (problem !== undefined) differences.push(`expectation ${index + 1} (${shorten(expectation.query)}): ${problem}`);
    bench.progress({ done: index + 1, total: expectations.length, unit: 'checks' });
  }
  return { summary: `${expectations.length - differences.length} of ${expectations.length} SQL`, differences };
}

async function hold(session: Session, expectation: Expectation, bench: Bench): Promise<string | undefined> {
  await session.query('beginning a transaction', 'begin read only');
  try {
    // A site's query is written for the search path that its own users have.
    await session.query(
      'setting limits',
      `set local statement_timeout = '${limitSeconds}s'; set local search_path to default`,
    );
    const rows = await session.question('asking the site’s own question', expectation.query);
    const [row] = rows;
    if (rows.length !== 1 || row?.length !== 1) return 'it does not return one row with one column';
    return equals(row[0] ?? null, expectation.expect) ? undefined : 'it returns another value';
  } catch (error) {
    if (bench.signal.aborted) throw error;
    return 'PostgreSQL refused the query';
  } finally {
    if (!bench.signal.aborted) await session.query('ending the transaction', 'rollback').catch(() => undefined);
  }
}

/** `found` is PostgreSQL's text: `t` and `f`, and numbers of any length, where `42.00` equals 42. */
function equals(found: string | null, expected: Expectation['expect']): boolean {
  if (expected === null || found === null) return found === expected;
  if (typeof expected === 'boolean') return found === (expected ? 't' : 'f');
  if (typeof expected === 'number') return found.trim() !== '' && Number(found) === expected;
  return found === expected;
}

function shorten(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

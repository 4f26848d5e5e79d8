import { randomBytes } from 'node:crypto';
import type { Bench, PostgresConnection } from '../../engines/types.ts';
import type { Findings } from '../result.ts';
import { openSession } from './session.ts';

/** Writes a token that nobody can guess into `holdfast.canary`, in place of the one before. Commits before it returns. */
export async function writeCanary(connection: PostgresConnection, bench: Bench): Promise<{ token: string }> {
  const token = randomBytes(32).toString('hex');
  const session = await openSession(connection, bench);
  try {
    await session.query('preparing the canary', prepare);
    await session.query(
      'writing the canary',
      `insert into holdfast.canary (id, token, written_at) values (1, $1, $2)
         on conflict (id) do update set token = excluded.token, written_at = excluded.written_at`,
      [token, bench.clock.now().toISOString()],
    );
    return { token };
  } finally {
    await session.close();
  }
}

/** Asked first: a user who may write the table need not be one who may make it. */
const prepare = `
  do $$ begin
    if to_regclass('holdfast.canary') is null then
      create schema if not exists holdfast;
      create table holdfast.canary (id integer primary key check (id = 1), token text not null, written_at timestamptz not null);
      comment on table holdfast.canary is 'Written by Holdfast before each backup and looked for after each restore.';
    end if;
  end $$`;

/** Looks for the token, exact to the byte. */
export async function findCanary(
  connection: PostgresConnection,
  recorded: { readonly token: string },
  bench: Bench,
): Promise<Findings> {
  const session = await openSession(connection, bench);
  try {
    const [there] = await session.query('looking for the canary', "select to_regclass('holdfast.canary') as name");
    const rows = there?.name
      ? await session.query('looking for the canary', 'select token from holdfast.canary where id = 1')
      : [];
    const found = rows[0]?.token === recorded.token;
    return found
      ? { summary: 'canary', differences: [] }
      : { summary: 'no canary', differences: ['the row written before the backup is not in holdfast.canary'] };
  } finally {
    await session.close();
  }
}

import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { resolvePath } from '../config/paths.ts';
import { parsePostgresUrl } from '../config/postgres-url.ts';
import type { PostgresAsset } from '../config/site.ts';
import { clientConfig } from '../engines/postgres-client.ts';
import type { Bench, PostgresConnection } from '../engines/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { mayBeServerOf, readPostmaster } from '../process/postgres/postmaster.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';

/** What an asset is recovered into. */
export type Target =
  | { readonly kind: 'files'; readonly roots: readonly string[] }
  /** The server is gone: a cluster is made at its data directory. */
  | { readonly kind: 'new-cluster'; readonly data: string }
  /** A server answers: the database is made in it. */
  | { readonly kind: 'running-server'; readonly connection: PostgresConnection };

/**
 * Looks at where an asset will be put, and refuses what recovery could harm: a running server's own directory
 * (`target-in-use`), and without `replace` anything that is not empty (`target-not-empty`). Changes nothing.
 */
export async function examineTarget(
  estate: Estate,
  source: SiteSource,
  name: string,
  options: { readonly bench: Bench; readonly replace: boolean },
): Promise<Target> {
  const asset = source.site.assets[name];
  if (asset === undefined) throw new HoldfastError('asset-unknown', { site: source.site.site, asset: name, known: '' });
  if ('files' in asset)
    return await examineRoots(
      asset.files.paths.map((path) => resolvePath(path, source.directory)),
      options.replace,
    );
  if (asset.postgres.cluster !== undefined) {
    return await examineCluster(resolvePath(asset.postgres.cluster.data, source.directory), options.replace);
  }
  return await examineServer(name, await connectionOf(estate, asset), options.replace);
}

/** The connection in the site file, with its password. */
export async function connectionOf(estate: Estate, asset: PostgresAsset): Promise<PostgresConnection> {
  return parsePostgresUrl(await estate.secret(asset.postgres.url), 'the connection URL of the asset');
}

async function examineRoots(roots: readonly string[], replace: boolean): Promise<Target> {
  for (const root of roots) {
    if (!replace && !(await isEmpty(root))) throw new HoldfastError('target-not-empty', { target: root });
  }
  return { kind: 'files', roots };
}

async function examineCluster(data: string, replace: boolean): Promise<Target> {
  const postmaster = await readPostmaster(data);
  if (postmaster !== undefined && (await mayBeServerOf(postmaster.pid, data))) {
    throw new HoldfastError('target-in-use', { target: data });
  }
  if (!replace && !(await isEmpty(data))) throw new HoldfastError('target-not-empty', { target: data });
  return { kind: 'new-cluster', data };
}

async function examineServer(name: string, connection: PostgresConnection, replace: boolean): Promise<Target> {
  const exists = await hasContent(name, connection);
  if (exists === 'content' && !replace)
    throw new HoldfastError('target-not-empty', { target: `database ${connection.database}` });
  return { kind: 'running-server', connection };
}

/** A directory that is not there, or holds nothing. */
export async function isEmpty(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'ENOTDIR') return false;
    throw error;
  }
}

async function hasContent(name: string, connection: PostgresConnection): Promise<'missing' | 'empty' | 'content'> {
  const client = new pg.Client({ ...clientConfig(connection), connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // 3D000: the server answers and has no database of that name.
    if ((error as { code?: unknown }).code === '3D000') return 'missing';
    throw new HoldfastError('target-unreachable', { asset: name }, { cause: error });
  }
  try {
    const { rows } = await client.query(
      `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast' limit 1`,
    );
    return rows.length > 0 ? 'content' : 'empty';
  } finally {
    await client.end().catch(() => undefined);
  }
}

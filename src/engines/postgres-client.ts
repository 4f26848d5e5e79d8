import { readFileSync } from 'node:fs';
import type { ClientConfig } from 'pg';
import type { Sandbox } from '../process/types.ts';
import type { PostgresConnection } from './types.ts';

/**
 * Environment of PostgreSQL's own client programs. The password goes here and nowhere else. Their messages come in English, to be
 * read; the server's do where the user is a superuser, because nobody else may choose.
 */
export function clientEnvironment(
  connection: PostgresConnection,
  options: { readonly sandbox?: Sandbox; readonly superuser: boolean },
): Record<string, string> {
  const { sandbox, superuser } = options;
  return {
    PGHOST: sandbox === undefined ? connection.host : insideOf(sandbox, connection.host),
    PGPORT: String(connection.port),
    PGUSER: connection.user,
    PGDATABASE: connection.database,
    PGCONNECT_TIMEOUT: '20',
    PGAPPNAME: 'holdfast',
    LC_ALL: 'C.UTF-8',
    LANGUAGE: 'C',
    ...(superuser ? { PGOPTIONS: '-c lc_messages=C' } : {}),
    ...(connection.password === undefined ? {} : { PGPASSWORD: connection.password }),
    ...(connection.tls === undefined ? {} : { PGSSLMODE: connection.tls.mode }),
    ...(connection.tls?.rootCertificate === undefined ? {} : { PGSSLROOTCERT: connection.tls.rootCertificate }),
  };
}

/**
 * The same connection for Holdfast's own client. `require` encrypts without asking who answers, `verify-ca` asks for the
 * authority alone, `verify-full` for the name as well (libpq, section "SSL Mode Descriptions"). Throws what reading the
 * certificate throws.
 */
export function clientConfig(connection: PostgresConnection): ClientConfig {
  const { host, port, user, database, password, tls } = connection;
  const ca = tls?.rootCertificate === undefined ? {} : { ca: readFileSync(tls.rootCertificate, 'utf8') };
  const ssl = {
    require: { rejectUnauthorized: false },
    'verify-ca': { ...ca, checkServerIdentity: () => undefined },
    'verify-full': ca,
  };
  return {
    ...{ host, port, user, database },
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { ssl: ssl[tls.mode] }),
  };
}

/** A path of this side as the sandbox sees it; the same path where the sandbox does not show it. */
export function insideOf(sandbox: Sandbox, path: string): string {
  let best: readonly [string, string] | undefined;
  for (const [host, inside] of Object.entries({ ...sandbox.readable, ...sandbox.writable })) {
    const holds = path === host || path.startsWith(`${host}/`);
    if (holds && (best === undefined || host.length > best[0].length)) best = [host, inside];
  }
  return best === undefined ? path : best[1] + path.slice(best[0].length);
}

/** A database's name as a connection string (libpq, section "Connection Strings"): a bare name with `=` in it would be read as one. */
export function databaseArgument(database: string): string {
  return `dbname='${database.replaceAll(/['\\]/g, (character) => `\\${character}`)}'`;
}

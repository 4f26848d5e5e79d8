import { HoldfastError } from '../errors/holdfast-error.ts';

/** What a PostgreSQL URL says, in the parts that programs take. The password is never put back into a URL. */
export interface PostgresUrl {
  /** Host name, or the directory of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  readonly tls?: { readonly mode: TlsMode; readonly rootCertificate?: string };
}

/** What a URL may demand of the connection (libpq, section "SSL Mode Descriptions"). */
type TlsMode = 'require' | 'verify-ca' | 'verify-full';

/**
 * Reads `postgres://user:password@host:port/database`, with `?host=/directory` for a unix socket (libpq, section 34.1.1.2 of
 * the PostgreSQL manual). `what` names the URL in errors, which never show its text. Throws `database-url-invalid`, also for a
 * parameter that would be lost: a demand for TLS must not be dropped in silence.
 */
export function parsePostgresUrl(text: string, what: string): PostgresUrl {
  const match = /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(text.trim());
  if (match === null) throw invalid(what, 'it does not begin like postgres://user@host/database');
  const [, login = '', address = '', path = '', query = ''] = match;
  const [user = '', ...rest] = login.split(':');
  const parameters = parametersOf(query, what);
  const [addressHost, addressPort] = splitAddress(address, what);

  const host = parameters.host ?? addressHost;
  const name = decode(user, what) || parameters.user || '';
  const database = decode(path, what) || parameters.dbname || name;
  const password = rest.length > 0 ? decode(rest.join(':'), what) : parameters.password;
  if (host === '') throw invalid(what, 'it names no host; for a unix socket add ?host=/directory');
  if (name === '') throw invalid(what, 'it names no user');
  for (const part of [host, name, database, password ?? '']) {
    if (part.includes('\0')) throw invalid(what, 'it holds a NUL character');
  }
  return {
    host,
    port: portOf(parameters.port ?? addressPort, what),
    user: name,
    database,
    ...(password === undefined || password === '' ? {} : { password }),
    ...tlsOf(parameters, what),
  };
}

/** `host`, `host:port`, `[::1]:port`, or a percent-encoded socket directory. */
function splitAddress(address: string, what: string): [host: string, port: string] {
  if (address.includes(',')) throw invalid(what, 'it names several hosts; name the one to back up');
  const six = /^\[([^\]]+)\](?::(\d*))?$/.exec(address);
  if (six !== null) return [six[1] ?? '', six[2] ?? ''];
  const [host = '', port = '', more] = address.split(':');
  if (more !== undefined) throw invalid(what, 'write an IPv6 address in brackets, as [::1]:5432');
  return [decode(host, what), port];
}

function portOf(text: string, what: string): number {
  if (text === '') return 5432;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw invalid(what, 'its port is not a number from 1 to 65535');
  return port;
}

function tlsOf(parameters: Readonly<Record<string, string>>, what: string): Pick<PostgresUrl, 'tls'> {
  const { sslmode: mode, sslrootcert: rootCertificate } = parameters;
  if (mode === undefined || weak.has(mode)) return {};
  if (mode === 'require') return { tls: { mode } };
  if (mode !== 'verify-ca' && mode !== 'verify-full')
    throw invalid(what, 'its sslmode is not one that PostgreSQL knows');
  if (rootCertificate === undefined || !rootCertificate.startsWith('/')) {
    throw invalid(what, `sslmode=${mode} needs sslrootcert=, the absolute path of the certificates to trust`);
  }
  return { tls: { mode, rootCertificate } };
}

/** Nothing is lost without them: libpq tries TLS first by default, and these ask for no more than that. */
const weak = new Set(['disable', 'allow', 'prefer']);
const understood = new Set(['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'sslrootcert']);
const harmless = new Set(['application_name', 'connect_timeout']);

function parametersOf(query: string, what: string): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [key = '', ...rest] = pair.split('=');
    const value = decode(rest.join('='), what);
    if (understood.has(key)) parameters[key] = value;
    else if (!harmless.has(key)) {
      throw invalid(what, `its parameter ${key.replace(/[^\w-]/g, '?')} with this value is not supported`);
    }
  }
  return parameters;
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(what, 'a % in it is not followed by two hexadecimal digits; write % as %25');
  }
}

function invalid(what: string, problem: string): HoldfastError {
  return new HoldfastError('database-url-invalid', { what, problem });
}

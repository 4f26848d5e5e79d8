import type { IncomingHttpHeaders } from 'node:http';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { sameToken } from './token.ts';

const hosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses requests that a page in somebody's browser could make. `Host` names this machine, so that a name which an
 * attacker points at 127.0.0.1 (DNS rebinding) reaches nothing; `Origin` and `Sec-Fetch-Site`, where a browser sends them,
 * name this server. Any port will do: one forwarded by ssh has another number. Throws `origin-refused`.
 */
export function refuseForeignRequests(headers: IncomingHttpHeaders): void {
  const host = (headers.host ?? '').toLowerCase();
  if (!hosts.has(host.replace(/:\d+$/, ''))) throw refused('Host', host);
  const origin = headers.origin;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) throw refused('Origin', origin);
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') throw refused('Sec-Fetch-Site', site);
}

/** Throws `token-missing` or `token-wrong`. */
export function refuseWithoutToken(headers: IncomingHttpHeaders, token: string): void {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (given === undefined) throw new HoldfastError('token-missing', {});
  if (!sameToken(given, token)) throw new HoldfastError('token-wrong', {});
}

function refused(header: string, value: string): HoldfastError {
  const shown = value === '' ? '(none)' : value.slice(0, 100).replaceAll(/[^\x20-\x7e]/g, '?');
  return new HoldfastError('origin-refused', { header, value: shown });
}

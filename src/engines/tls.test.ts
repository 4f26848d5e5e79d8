import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bench } from '../../test/services/bench.ts';
import { startPostgres, type TestPostgres } from '../../test/services/postgres.ts';
import { asRoot } from '../../test/services/programs.ts';
import { openSession } from '../checks/postgres/session.ts';
import { parsePostgresUrl } from '../config/postgres-url.ts';
import { childAccountNow } from '../process/account.ts';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

let directory: string;
let server: TestPostgres;
let port: number;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hf-tls-'));
  chmodSync(directory, 0o755);
  for (const name of ['server', 'other']) {
    const files = ['-keyout', join(directory, `${name}.key`), '-out', join(directory, `${name}.crt`)];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
        ...files,
      ],
      { stdio: 'ignore' },
    );
  }
  const key = join(directory, 'server.key');
  chmodSync(key, 0o600);
  if (asRoot) chownSync(key, childAccountNow().uid, childAccountNow().gid);
  port = await freePort();
  server = await startPostgres({
    tcpPort: port,
    settings: ['ssl = on', `ssl_cert_file = '${join(directory, 'server.crt')}'`, `ssl_key_file = '${key}'`],
  });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function encrypted(query: string): Promise<string | null | undefined> {
  const session = await openSession(
    parsePostgresUrl(`postgres://postgres@localhost:${port}/postgres?${query}`, 'test'),
    bench(),
  );
  try {
    const [row] = await session.query(
      'asking for TLS',
      'select ssl::text from pg_stat_ssl where pid = pg_backend_pid()',
    );
    return row?.ssl;
  } finally {
    await session.close();
  }
}

test('sslmode=require is honoured, never dropped', async () => {
  expect(await encrypted('sslmode=require')).toBe('true');
});

test('verify-full trusts the certificate that was named, and no other', async () => {
  expect(await encrypted(`sslmode=verify-full&sslrootcert=${join(directory, 'server.crt')}`)).toBe('true');
  await expect(encrypted(`sslmode=verify-full&sslrootcert=${join(directory, 'other.crt')}`)).rejects.toMatchObject({
    code: 'database-unreachable',
  });
});

test('verification without a certificate to trust is refused before anything is sent', async () => {
  await expect(encrypted('sslmode=verify-full')).rejects.toMatchObject({ code: 'database-url-invalid' });
});

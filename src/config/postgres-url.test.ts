import { describe, expect, it } from 'vitest';
import { parsePostgresUrl } from './postgres-url.ts';

describe('parsePostgresUrl', () => {
  it.each([
    ['postgres://app:pw@db/ledger', { host: 'db', port: 5432, user: 'app', database: 'ledger', password: 'pw' }],
    ['postgresql://app@db:6432/ledger', { host: 'db', port: 6432, user: 'app', database: 'ledger' }],
    ['postgres://app:p%40%3A%2F%25@db/l', { host: 'db', port: 5432, user: 'app', database: 'l', password: 'p@:/%' }],
    ['postgres://app:a:b@db/l', { host: 'db', port: 5432, user: 'app', database: 'l', password: 'a:b' }],
    [
      'postgres://app@/l?host=/run/postgresql&port=5433',
      { host: '/run/postgresql', port: 5433, user: 'app', database: 'l' },
    ],
    ['postgres://app@%2Frun%2Fpg/l', { host: '/run/pg', port: 5432, user: 'app', database: 'l' }],
    ['postgres://app@[::1]:5433/l', { host: '::1', port: 5433, user: 'app', database: 'l' }],
    ['postgres://app@db', { host: 'db', port: 5432, user: 'app', database: 'app' }],
    ['postgres://db/l?user=app&password=pw', { host: 'db', port: 5432, user: 'app', database: 'l', password: 'pw' }],
    ['postgres://app@db/l?sslmode=prefer&connect_timeout=3', { host: 'db', port: 5432, user: 'app', database: 'l' }],
  ])('reads %s', (text, parts) => {
    expect(parsePostgresUrl(text, 'URL')).toEqual(parts);
  });

  it.each([
    ['mysql://app@db/l', 'does not begin like'],
    ['postgres://app@/l', 'names no host'],
    ['postgres://db/l', 'names no user'],
    ['postgres://app@db:0/l', 'port'],
    ['postgres://app@db:http/l', 'port'],
    ['postgres://app@::1/l', 'brackets'],
    ['postgres://app@a,b/l', 'several hosts'],
    ['postgres://app:100%@db/l', '%25'],
    ['postgres://app@db/l%00', 'NUL'],
    ['postgres://app@db/l?sslmode=verify-full', 'sslmode'],
    ['postgres://app@db/l?options=-c%20x', 'options'],
  ])('refuses %s', (text, problem) => {
    expect(() => parsePostgresUrl(text, 'URL')).toThrowError(
      expect.objectContaining({ code: 'database-url-invalid', message: expect.stringContaining(problem) }),
    );
  });

  it('never shows the password of a URL that it refuses', () => {
    for (const text of [
      'postgres://app:hunter2@/l',
      'postgres:/app:hunter2@db',
      'postgres://app:hunter2%@db/x',
      'postgres://a@db/l?hunter2=hunter2',
    ]) {
      const message = (() => {
        try {
          parsePostgresUrl(text, 'URL');
          return 'nothing was thrown';
        } catch (error) {
          return JSON.stringify(error);
        }
      })();
      expect(message).toContain('database-url-invalid');
      expect(message).not.toContain('hunter2%');
      expect(message).not.toContain(':hunter2');
    }
  });
});

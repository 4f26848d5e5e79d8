import { describe, expect, it } from 'vitest';
import { redactor } from './redact.ts';

const secret = 'p@ss "w\\ord/ü+1';

describe('redactor', () => {
  const redact = redactor([secret]);

  it.each([
    ['as it is', secret],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['percent-encoded', encodeURIComponent(secret)],
    ['with JSON escapes', JSON.stringify(secret).slice(1, -1)],
    ['in the password of a URL made by the platform', new URL(`http://u:${encodeURIComponent(secret)}@h`).password],
  ])('masks a known secret %s', (_name, written) => {
    const clean = redact(`before ${written} after`);
    expect(clean).toBe('before [redacted] after');
  });

  it('masks the longer of two secrets that begin alike, whole', () => {
    expect(redactor(['abcd', 'abcdefgh'])('x abcdefgh y')).toBe('x [redacted] y');
  });

  it('leaves secrets under four characters and empty ones alone', () => {
    expect(redactor(['', 'abc'])('abc')).toBe('abc');
  });

  it('takes each line of a secret that has several', () => {
    expect(redactor(['first-line-secret\nsecond-line-secret'])('psql: second-line-secret?')).toBe('psql: [redacted]?');
  });

  it.each([
    ['postgres://app:hunter2@db/x', 'postgres://app:[redacted]@db/x'],
    ['postgres://app:hun/ter2@db/x', 'postgres://app:[redacted]@db/x'],
    ['redis://:hunter2@h', 'redis://:[redacted]@h'],
    ['password=hunter2 host=x', 'password=[redacted] host=x'],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted] psql'],
    ['RESTIC_PASSWORD: hunter2', 'RESTIC_PASSWORD: [redacted]'],
    ['{"password":"hunter2","a":1}', '{"password":"[redacted]","a":1}'],
    ['{"token": "hunter2 with blanks"}', '{"token": "[redacted]"}'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [redacted]'],
    ['AKIAABCDEFGHIJKLMNOP', '[redacted]'],
    ['-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----', '[redacted]'],
  ])('masks what looks like a secret in %s', (text, clean) => {
    expect(redactor([])(text)).toBe(clean);
  });

  it.each([
    'the password of the store is missing',
    'http://127.0.0.1:7411/v1/runs',
    'table public.tokens: 12 rows',
    'git@host:path',
  ])('leaves "%s" as it is', (text) => {
    expect(redactor([])(text)).toBe(text);
  });

  it('changes nothing when it is applied twice', () => {
    const once = redactor([])('password=hunter2 token: "x y" postgres://a:b@c');
    expect(redactor([])(once)).toBe(once);
  });
});

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
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz', 'aws_secret_access_key = [redacted]'],
    ['AWS Secret Access Key [None]: wJalrXUtnFEMI/K7MDENG', 'AWS Secret Access Key [None]: [redacted]'],
    ['"SecretAccessKey": "wJalrXUtnFEMI/K7MDENG",', '"SecretAccessKey": "[redacted]",'],
    [`cloned with ${'gh'}p_${'aB3'.repeat(12)} ok`, 'cloned with [redacted] ok'],
    [`${'gl'}pat-${'xY9_'.repeat(5)}`, '[redacted]'],
    [`${'xo'}xb-123456789012-abcdefghij`, '[redacted]'],
    [`${'sk'}_live_${'4eC39HqLyjWDarjtT1'}`, '[redacted]'],
    [`//registry.npmjs.org/:_authToken=${'np'}m_${'a1B2c3'.repeat(6)}`, '//registry.npmjs.org/:_authToken=[redacted]'],
    [`token ${'hv'}s.${'CAESIJ9x'.repeat(4)} made`, 'token [redacted] made'],
    [`root token s.${'Ab1'.repeat(8)} made`, 'root token [redacted] made'],
    ['a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN b', 'a [redacted] b'],
    ['Server=db;User Id=app;Password=hunter2;Encrypt=true', 'Server=db;User Id=app;Password=[redacted];Encrypt=true'],
    [
      'jdbc:postgresql://h/db?user=a&password=hunter2&ssl=on',
      'jdbc:postgresql://h/db?user=a&password=[redacted]&ssl=on',
    ],
    ['mongodb+srv://app:hunter2@cluster0.example/x', 'mongodb+srv://app:[redacted]@cluster0.example/x'],
    ['{"x":"{\\"password\\":\\"hunter2\\"}"}', '{"x":"{\\"password\\":\\"[redacted]\\"}"}'],
    ['mysql --password hunter2 -e x', 'mysql --password [redacted] -e x'],
    ['curl -sS -u kim:hunter2 https://x', 'curl -sS -u kim:[redacted] https://x'],
    ['> authorization: Basic a2ltOmh1bnRlcjI=', '> authorization: Basic [redacted]'],
    ['X-Vault-Token: abcdefgh12', 'X-Vault-Token: [redacted]'],
    ['\u{be44}\u{bc00}\u{bc88}\u{d638}: hunter2!', '\u{be44}\u{bc00}\u{bc88}\u{d638}: [redacted]'],
    ['\u{5bc6}\u{7801}\u{ff1a}hunter2', '\u{5bc6}\u{7801}\u{ff1a}[redacted]'],
    ['key: "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END PRIVATE KEY-----\\n"', 'key: "[redacted]\\n"'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nQyNTUx\nthen text', '[redacted]\nthen text'],
    ['-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----', '[redacted]'],
  ])('masks what looks like a secret in %s', (text, clean) => {
    expect(redactor([])(text)).toBe(clean);
  });

  it.each([
    'the password of the store is missing',
    'http://127.0.0.1:7411/v1/runs',
    'table public.tokens: 12 rows',
    'git@host:path',
    'commit 87c400a1f0c3d2b4e5f60718293a4b5c6d7e8f90',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'request 123e4567-e89b-12d3-a456-426614174000 took 12 ms',
    'snapshot 4f3c1a2b saved, parent 9e8d7c6b',
    'ID        Time                 Host  Tags  Size\n4f3c1a2b  2026-11-20 02:00:03  db1         332 MiB',
    'bGV2ZWw9aW5mbyBtc2c9InN0YXJ0ZWQiCmxldmVsPWluZm8gbXNnPSJzdG9wcGVkIgo=',
    'Password: ',
    'Password for user app: ',
    '[sudo] password for kim: \nLast login: Fri Nov 20',
    'psql: error: password: incorrect',
    'export PGPASSWORD=$LEDGER_PASSWORD',
    'password: ${DB_PASSWORD}',
    'password=<your password>',
    'token: {{ .Values.token }}',
    'secret/data/db  version 3',
    'secret "db-credentials" created',
    'kubectl get secrets -n kube-system',
    'max_tokens=4096 token_count: 12',
    'imagePullSecrets: [regcred]',
    '--password-file /etc/holdfast/restic',
    'https://example.org:8443/a@b/c',
    'ssh://git@host:22/path@v1',
    'redis://cache:6379/0',
    'class s.GetSomethingFromTheStore called',
    'sk-learn-something-that-is-long-and-hyphenated',
    '\u{bc31}\u{c5c5}\u{c774} \u{c131}\u{acf5}\u{d588}\u{c2b5}\u{b2c8}\u{b2e4}: 3\u{ac1c}',
    '\u{5099}\u{4efd}\u{5df2}\u{5b8c}\u{6210}\u{ff1a}3 \u{500b}\u{6a94}\u{6848}',
    '\u{be44}\u{bc00}\u{bc88}\u{d638}: 8\u{c790} \u{c774}\u{c0c1}',
    '| PRIVATE KEY | where | who |',
    'arn:aws:iam::123456789012:role/backup',
  ])('leaves "%s" as it is', (text) => {
    expect(redactor([])(text)).toBe(text);
  });

  it.each([
    ['a key without end, many times', '-----BEGIN PRIVATE KEY-----\n'.repeat(20_000)],
    ['addresses without end', '://a:'.repeat(100_000)],
    ['one long word', 'a'.repeat(500_000)],
    ['one long base64 text', 'QUJD'.repeat(125_000)],
    ['names without values', 'password'.repeat(60_000)],
    ['names with blanks', 'password        '.repeat(30_000)],
    ['open quotes', 'password="'.repeat(50_000)],
    ['backslashes', `password="${'\\'.repeat(500_000)}`],
    ['token beginnings', 'eyJ'.repeat(150_000)],
    ['token parts', 'eyJaaaaaaaaaa.'.repeat(30_000)],
    ['curl without a user', 'curl -u '.repeat(60_000)],
    ['question marks', '?a=&token'.repeat(50_000)],
    ['dashes', '-'.repeat(500_000)],
    ['headers', 'Authorization: '.repeat(30_000)],
  ])('takes no longer on text that is made to be slow: %s', (_name, text) => {
    const redact = redactor([secret]);
    const begun = performance.now();
    redact(text);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('changes nothing when it is applied twice', () => {
    const once = redactor([])('password=hunter2 token: "x y" postgres://a:b@c');
    expect(redactor([])(once)).toBe(once);
  });
});

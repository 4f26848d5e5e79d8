import { expect, test } from 'vitest';
import { redactor } from '../lib/redact.ts';
import { holds, namesSecret, refuseSecretValues, Values } from './values.ts';

function known(values: Readonly<Record<string, string>>): Values {
  const all = new Values();
  for (const [name, text] of Object.entries(values)) all.set(name, text, 'given');
  return all;
}

test.each([
  ['TIER == cold', { TIER: 'cold' }, true],
  ['TIER == "cold"', { TIER: 'cold' }, true],
  ['TIER == cold', { TIER: 'ring' }, false],
  ['TIER == cold', {}, false],
  ['TIER != cold', {}, true],
  ['TIER != cold', { TIER: 'cold' }, false],
  ['CONFIRMED', { CONFIRMED: 'yes' }, true],
  ['CONFIRMED', { CONFIRMED: 'false' }, false],
  ['CONFIRMED', {}, false],
])('the condition %s with %o holds: %s', (condition, values, expected) => {
  expect(holds(condition, known(values as Record<string, string>))).toBe(expected);
});

test('a condition that cannot be read is an error, not a no', () => {
  expect(() => holds('rm -rf / ; true', known({}))).toThrow(expect.objectContaining({ code: 'condition-unreadable' }));
});

test('a secret is recorded by its name alone', () => {
  const values = new Values();
  values.set('PASSWORD', 'open sesame', 'site', true);
  values.set('HOST', 'db1', 'asked');
  expect(JSON.stringify(values.recorded())).not.toContain('sesame');
  expect(values.recorded()).toContainEqual({ name: 'HOST', value: 'db1', source: 'asked' });
  expect(values.get('PASSWORD')).toBe('open sesame');
});

test('a parameter that looks like a secret is refused before it is recorded', () => {
  const redact = redactor(['open sesame']);
  expect(() => refuseSecretValues({ word: 'open sesame' }, redact)).toThrow(
    expect.objectContaining({ code: 'parameter-secret' }),
  );
  expect(() => refuseSecretValues({ DB_PASSWORD: 'hunter22' }, redact)).toThrow(
    expect.objectContaining({ code: 'parameter-secret' }),
  );
  refuseSecretValues({ host: 'db1', customer: '서울 병원' }, redact);
});

test.each([
  ...['DB_PASSWORD', 'API_TOKEN', 'PGPASSWORD', 'client_secret', '비밀번호'].map((name) => [name, true] as const),
  ...['HOST', 'PASSWORD_FILE', 'KEY_ID', 'TOKENS', 'SECRET_NAME'].map((name) => [name, false] as const),
])('%s names a secret: %s', (name, secret) => {
  expect(namesSecret(name, redactor([]))).toBe(secret);
});

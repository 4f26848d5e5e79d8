import { expect, test } from 'vitest';
import type { CheckResult } from '../checks/types.ts';
import { verdictOf, worstVerdict } from './verdict.ts';

const check = (status: CheckResult['status']): CheckResult => ({
  name: 'row-counts',
  title: 'Row counts',
  status,
  summary: '',
  details: [],
  durationMs: 1,
});

test('all checks passed is PROVEN', () => {
  expect(verdictOf([check('passed'), check('passed')], undefined)).toBe('PROVEN');
});

test('a check that could not run is never green', () => {
  expect(verdictOf([check('passed'), check('could-not-run')], undefined)).toBe('COULD NOT VERIFY');
});

test('no checks at all is never green', () => {
  expect(verdictOf([], undefined)).toBe('COULD NOT VERIFY');
});

test('a failed check decides, whatever else could not run', () => {
  expect(verdictOf([check('could-not-run'), check('failed')], { code: 'program-missing' })).toBe('FAILED');
});

test('a restore that failed is FAILED; one for which a program was missing could not be verified', () => {
  expect(verdictOf([], { code: 'store-damaged' })).toBe('FAILED');
  expect(verdictOf([], { code: 'program-missing' })).toBe('COULD NOT VERIFY');
  expect(verdictOf([], { code: 'postgres-missing' })).toBe('COULD NOT VERIFY');
});

test('several assets are as good as the worst of them, and none is not good', () => {
  expect(worstVerdict(['PROVEN', 'COULD NOT VERIFY'])).toBe('COULD NOT VERIFY');
  expect(worstVerdict(['PROVEN', 'COULD NOT VERIFY', 'FAILED'])).toBe('FAILED');
  expect(worstVerdict(['PROVEN', 'PROVEN'])).toBe('PROVEN');
  expect(worstVerdict([])).toBe('COULD NOT VERIFY');
});

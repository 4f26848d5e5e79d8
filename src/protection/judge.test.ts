import { expect, test } from 'vitest';
import { judgeBackup } from './judge.ts';
import type { RecoveryPoint } from './recovery-points.ts';

const last: RecoveryPoint = {
  site: 'clinic',
  id: 'ledger/20261119T020000Z',
  asset: 'ledger',
  kind: 'postgres',
  engine: 'pg-dump',
  takenAt: '2026-11-19T02:00:00.000Z',
  bytes: 1_000_000,
  files: 20,
  rows: 5000,
  factsSha256: '00',
  run: 'protect-1',
};
const rules = { shrinkLimit: 0.5, allowEmpty: false, last };
const same = { bytes: 1_000_000, files: 20, rows: 5000 };

test('a backup of the size of the last one is a recovery point', () => {
  expect(() => judgeBackup('ledger', same, rules)).not.toThrow();
});

test('a backup of 0 bytes is a failure, also the first one', () => {
  for (const before of [last, undefined]) {
    expect(() => judgeBackup('ledger', { bytes: 0, files: 0, rows: null }, { ...rules, last: before })).toThrowError(
      expect.objectContaining({ code: 'backup-empty' }),
    );
  }
});

test('a database without a row is empty, however many bytes its schema takes', () => {
  expect(() => judgeBackup('ledger', { bytes: 90_000, files: 20, rows: 0 }, rules)).toThrowError(
    expect.objectContaining({ code: 'backup-empty' }),
  );
});

test('what is empty on purpose is let through, and its first rows later too', () => {
  const meant = { ...rules, allowEmpty: true };
  expect(() => judgeBackup('ledger', { bytes: 0, files: 0, rows: 0 }, meant)).not.toThrow();
  const before = { ...last, bytes: 0, rows: 0 };
  expect(() => judgeBackup('ledger', same, { ...meant, last: before })).not.toThrow();
});

test('a sharp shrink of bytes or rows is a failure that names both figures', () => {
  for (const amount of [
    { ...same, bytes: 499_999 },
    { ...same, rows: 2499 },
  ]) {
    expect(() => judgeBackup('ledger', amount, rules)).toThrowError(expect.objectContaining({ code: 'backup-shrank' }));
  }
  expect(() => judgeBackup('ledger', { ...same, rows: 2499 }, rules)).toThrowError(/2499 rows.*5000/);
});

test('files of a dump are counted for nothing: a dropped table is no shrink', () => {
  expect(() => judgeBackup('ledger', { ...same, files: 3 }, rules)).not.toThrow();
});

test('fewer files are a shrink where the asset is files', () => {
  const files: RecoveryPoint = { ...last, kind: 'files', rows: null };
  const amount = { bytes: 1_000_000, files: 9, rows: null };
  expect(() => judgeBackup('uploads', amount, { ...rules, last: files })).toThrowError(/9 files/);
});

import { HoldfastError } from '../errors/holdfast-error.ts';
import { formatBytes } from '../lib/bytes.ts';
import type { RecoveryPoint } from './recovery-points.ts';

/** How much a backup took in. */
export interface Amount {
  readonly bytes: number;
  readonly files: number;
  readonly rows: number | null;
}

/**
 * Decides before anything is recorded whether a backup may be called a recovery point. An empty one, or one that is sharply
 * smaller than the last good one, is how a broken backup looks; retention would then delete the good copies.
 * Throws `backup-empty` or `backup-shrank`.
 */
export function judgeBackup(
  asset: string,
  amount: Amount,
  options: { readonly shrinkLimit: number; readonly allowEmpty: boolean; readonly last: RecoveryPoint | undefined },
): void {
  const { last, shrinkLimit, allowEmpty } = options;
  const empty = amount.bytes === 0 || amount.rows === 0 || (amount.rows === null && amount.files === 0);
  if (empty && !allowEmpty) throw new HoldfastError('backup-empty', { asset });
  if (last === undefined || (empty && allowEmpty)) return;
  const measures = [
    { what: 'bytes', before: last.bytes, now: amount.bytes, show: formatBytes },
    { what: 'files', before: last.files, now: amount.files, show: String },
    { what: 'rows', before: last.rows ?? 0, now: amount.rows ?? 0, show: String },
  ];
  for (const { what, before, now, show } of measures) {
    // A dump's files are one a table: their number says nothing about its size.
    if (what === 'files' && amount.rows !== null) continue;
    if (before > 0 && now < before * shrinkLimit) {
      throw new HoldfastError('backup-shrank', { asset, what, before: show(before), now: show(now), point: last.id });
    }
  }
}

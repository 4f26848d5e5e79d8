import type { LogDifference } from './verify.ts';

/** Which of two trees the signatures confirm: the one of the entries, the one of the hashes in the tiles, or neither. */
export type Truth = 'entries' | 'tiles' | 'unknown';

/** A bundle and the lowest tile beside it, which hold the same leaves. */
export interface BundleState {
  readonly path: string;
  readonly tilePath: string;
  /** Index of the first leaf. */
  readonly start: number;
  readonly width: number;
  /** Hashes of the entries; undefined when the bundle is missing or unreadable. */
  readonly entries: readonly Buffer[] | undefined;
  /** Hashes in the tile; undefined when it is missing or unreadable. */
  readonly leaves: readonly Buffer[] | undefined;
  /** What is wrong with the bundle as a file. */
  readonly trouble?: string;
}

/** Says which leaves differ, and how: changed, missing, put in, or standing at another's place. */
export function describeBundle(bundle: BundleState, truth: Truth): LogDifference[] {
  const { path, start, width, entries, leaves, trouble } = bundle;
  if (entries === undefined) {
    const what = `${trouble ?? 'it cannot be read'}: leaves ${start} to ${start + width - 1} cannot be checked`;
    return [{ file: path, leaf: start, what }];
  }
  if (leaves === undefined) return trouble === undefined ? [] : [{ file: path, what: trouble }];
  if (trouble !== undefined) return [{ file: path, what: trouble }, ...describeLength(path, start, entries, leaves)];
  return describePlaces(bundle, entries, leaves, truth);
}

/** The bundle has the right number of entries: each is compared with the hash of its place. */
function describePlaces(
  { path, tilePath, start }: BundleState,
  entries: readonly Buffer[],
  leaves: readonly Buffer[],
  truth: Truth,
): LogDifference[] {
  const placeOf = new Map(leaves.map((hash, at) => [hash.toString('hex'), at]));
  const differences: LogDifference[] = [];
  for (const [at, entry] of entries.entries()) {
    if (leaves[at]?.equals(entry)) continue;
    const leaf = start + at;
    const other = placeOf.get(entry.toString('hex'));
    if (truth === 'entries') {
      differences.push({ file: tilePath, leaf, what: `its hash of leaf ${leaf} is not that of the signed entry` });
    } else if (other !== undefined) {
      differences.push({ file: path, leaf, what: `at the place of leaf ${leaf} stands leaf ${start + other}` });
    } else {
      const signed = truth === 'tiles' ? 'that was signed' : `whose hash is in ${tilePath}`;
      differences.push({ file: path, leaf, what: `leaf ${leaf} was changed: it is not the entry ${signed}` });
    }
  }
  return differences;
}

/** Entries were taken out or put in: both lists are walked side by side to find where. */
function describeLength(
  file: string,
  start: number,
  entries: readonly Buffer[],
  leaves: readonly Buffer[],
): LogDifference[] {
  const differences: LogDifference[] = [];
  let at = 0;
  for (const [place, hash] of leaves.entries()) {
    const leaf = start + place;
    const entry = entries[at];
    if (entry?.equals(hash)) {
      at += 1;
    } else if (entry === undefined || leaves[place + 1]?.equals(entry)) {
      differences.push({ file, leaf, what: `leaf ${leaf} was taken out` });
    } else if (entries[at + 1]?.equals(hash)) {
      differences.push({ file, leaf, what: `before leaf ${leaf} an entry was put in` });
      at += 2;
    } else {
      differences.push({ file, leaf, what: `leaf ${leaf} was changed` });
      at += 1;
    }
  }
  return differences;
}

import { openCheckpoint, readCheckpoint } from './checkpoint.ts';
import type { PublicKey } from './note.ts';
import { checkpointPath } from './publish.ts';
import type { LogDifference } from './verify.ts';

/** A checkpoint kept elsewhere. */
export interface Against {
  /** What it is called in messages: a file name. */
  readonly label: string;
  readonly note: string;
}

/** A size and root that the log's key signed. */
export interface SignedState {
  readonly file: string;
  readonly size: number;
  readonly root: Buffer;
}

export interface SignedStates {
  /** Of the tree to recompute: what the current checkpoint says, when it verifies. */
  readonly size: number;
  /** All that verify and are not beyond that size, smallest first. */
  readonly states: readonly SignedState[];
  readonly differences: readonly LogDifference[];
}

/** Verifies the signatures of all checkpoints, and that none of them is ahead of the log. */
export function readSignedStates(
  key: PublicKey,
  current: string | undefined,
  kept: readonly { readonly path: string; readonly note: string }[],
  against: readonly Against[],
): SignedStates {
  const differences: LogDifference[] = [];
  const states: SignedState[] = [];
  const open = (file: string, note: string): SignedState | undefined => {
    const opened = openCheckpoint(note, key);
    if (opened.ok) return { file, size: opened.checkpoint.size, root: opened.checkpoint.root };
    differences.push({ file, what: `its signature does not verify: ${opened.why}` });
    return undefined;
  };
  if (current === undefined) differences.push({ file: 'checkpoint', what: 'it is missing' });
  const now = current === undefined ? undefined : open('checkpoint', current);
  if (now !== undefined) states.push(now);
  for (const { path, note } of kept) {
    const state = open(path, note);
    if (state === undefined) continue;
    if (checkpointPath(state.size) !== path) {
      differences.push({ file: path, what: `it is the checkpoint of ${state.size} leaves, under another name` });
    }
    states.push(state);
  }
  for (const { label, note } of against) {
    const state = open(label, note);
    if (state !== undefined) states.push(state);
  }
  // Without a good checkpoint, the best that is known is checked all the same, to say more than that it is missing.
  const newest = Math.max(0, ...states.map(({ size }) => size));
  const claimed = current === undefined ? 0 : (readCheckpoint(current)?.size ?? 0);
  const size = now?.size ?? (newest > 0 ? newest : claimed);
  for (const state of states) {
    if (state.size <= size) continue;
    const what = `it was signed for ${state.size} leaves and the log has ${size}: leaves ${size} to ${state.size - 1} were taken out, the log was put back to an older state`;
    differences.push({ file: state.file, leaf: size, what });
  }
  const within = states.filter((state) => state.size <= size).sort((a, b) => a.size - b.size);
  return { size, states: within, differences };
}

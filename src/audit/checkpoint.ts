import { decodeBase64, openNote, type PublicKey, type SigningKey, signNote } from './note.ts';

/** The state of a log at one size (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Which log it is. */
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly signatures: number }
  | { readonly ok: false; readonly why: string };

/** The signed text of a checkpoint. The origin is the name of the key: a key signs one log. */
export function signCheckpoint(size: number, root: Uint8Array, key: SigningKey): string {
  return signNote(`${key.publicKey.name}\n${size}\n${Buffer.from(root).toString('base64')}\n`, key);
}

/** Reads a checkpoint that `key` signed. */
export function openCheckpoint(note: string, key: PublicKey): OpenedCheckpoint {
  const opened = openNote(note, key);
  if (!opened.ok) return opened;
  const checkpoint = parseBody(opened.text);
  if (checkpoint === undefined) return { ok: false, why: 'its text is not origin, size and root' };
  if (checkpoint.origin !== key.name) {
    return { ok: false, why: `it is of the log ${checkpoint.origin}, not of ${key.name}` };
  }
  return { ok: true, checkpoint, signatures: opened.signatures };
}

/** What a checkpoint says, whoever signed it; undefined when it is none. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const split = note.lastIndexOf('\n\n');
  return split < 0 ? undefined : parseBody(note.slice(0, split + 1));
}

function parseBody(text: string): Checkpoint | undefined {
  const [origin, size, encoded, ...rest] = text.split('\n');
  const root = encoded === undefined ? undefined : decodeBase64(encoded);
  // Extension lines are allowed by the format, but this log never writes one.
  if (origin === undefined || origin === '' || rest.length !== 1 || root?.length !== 32) return undefined;
  if (size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined;
  return { origin, size: Number(size), root };
}

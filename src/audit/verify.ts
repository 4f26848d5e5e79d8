import { join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { readIfThere } from './files.ts';
import { type PublicKey, parseVerifier } from './note.ts';
import { listPublished } from './published-files.ts';
import { recompute } from './recompute.ts';
import { type Against, readSignedStates, type SignedStates } from './signed-states.ts';

export interface VerifyLogOptions {
  /** The key that the verifier knows from elsewhere. Without it nobody can say who signed. */
  readonly trustedKey?: PublicKey;
  /** Checkpoints kept elsewhere: found in evidence, sent to an auditor, held by a witness. */
  readonly against?: readonly Against[];
}

/** Something that is not as it was signed. */
export interface LogDifference {
  /** Path under the log's directory, or the name of a checkpoint kept elsewhere. */
  readonly file: string;
  /** Index of the leaf, where one can be named. */
  readonly leaf?: number;
  readonly what: string;
}

export interface LogVerification {
  readonly origin: string;
  /** Leaves that were recomputed. */
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** Whether a trusted key was given. */
  readonly signerKnown: boolean;
  /** Checkpoints whose signature and root were verified, those kept elsewhere included. */
  readonly checkpoints: number;
  readonly tiles: number;
  /** At most twenty; `moreDifferences` counts the rest. Empty: the log is as it was signed. */
  readonly differences: readonly LogDifference[];
  readonly moreDifferences: number;
  /** What is no fault, but worth knowing. */
  readonly notes: readonly string[];
}

/**
 * Verifies a published log from its files alone, reading each once: every entry is hashed, every tile and root computed anew,
 * every checkpoint's signature and root compared. Throws only when there is no log, or no key to verify with.
 */
export async function verifyLog(directory: string, options: VerifyLogOptions = {}): Promise<LogVerification> {
  const key = options.trustedKey ?? (await keyOfLog(directory));
  const files = await listPublished(directory);
  const current = (await readIfThere(join(directory, 'checkpoint')))?.toString('utf8');
  if (current === undefined && files.tiles.length === 0) throw new HoldfastError('audit-log-missing', { directory });
  const signed = readSignedStates(key, current, files.checkpoints, options.against ?? []);
  const computed = await recompute(files, signed);
  const differences = [...(await keyDifference(directory, key)), ...signed.differences, ...computed.differences];
  return {
    origin: key.name,
    size: computed.size,
    root: computed.root.toString('base64'),
    signerKnown: options.trustedKey !== undefined,
    checkpoints: signed.states.length,
    tiles: files.tiles.length,
    differences: differences.slice(0, shown),
    moreDifferences: Math.max(0, differences.length - shown),
    notes: notesOf(files.strange, files.tiles.length, computed.beyond, signed),
  };
}

const shown = 20;

async function keyOfLog(directory: string): Promise<PublicKey> {
  const path = join(directory, 'log.pub');
  const text = (await readIfThere(path))?.toString('utf8');
  if (text === undefined) throw new HoldfastError('audit-log-missing', { directory });
  const key = parseVerifier(text.trim());
  if (key === undefined) throw new HoldfastError('key-unreadable', { path });
  return key;
}

/** The key beside the log is a convenience; one that differs from the trusted key was put there by somebody. */
async function keyDifference(directory: string, key: PublicKey): Promise<LogDifference[]> {
  const text = (await readIfThere(join(directory, 'log.pub')))?.toString('utf8');
  if (text === undefined || text === `${key.verifier}\n`) return [];
  return [{ file: 'log.pub', what: `it is not the trusted key ${key.name}` }];
}

function notesOf(strange: readonly string[], tiles: number, beyond: readonly string[], signed: SignedStates): string[] {
  const notes: string[] = [];
  if (beyond.length > 0) {
    notes.push(
      `${beyond.length} of ${tiles} files lie beyond the ${signed.size} leaves that are signed, as ${beyond[0]}: a publication that was not finished, or a log put back to an older checkpoint`,
    );
  }
  if (strange.length > 0) notes.push(`${strange.length} files are no part of a log, as ${strange[0]}`);
  return notes;
}

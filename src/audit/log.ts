import { join } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Clock } from '../lib/clock.ts';
import { writeFileAtomic } from '../lib/files.ts';
import type { Database } from '../store/types.ts';
import { readIfThere } from './files.ts';
import type { PublicKey, SigningKey } from './note.ts';
import { proveInclusion } from './prove.ts';
import { publishTree } from './publish.ts';
import { appendEntry, takeTurn } from './sequence.ts';
import { maximumEntryBytes } from './tiles.ts';
import type { AuditLog, Leaf } from './types.ts';

export interface AuditLogOptions {
  /** Puts leaves into their one order, for all processes. */
  readonly database: Database;
  /** `<data>/audit`: the published record. */
  readonly directory: string;
  readonly key: SigningKey;
  readonly clock: Clock;
}

/**
 * Opens the transparency log of a data directory. Any number of processes may have it open. A transaction that appends holds
 * the turn of all others until it ends: append last in it.
 */
export function openAuditLog({ database, directory, key, clock }: AuditLogOptions): AuditLog {
  return {
    async append(leaf, options = {}) {
      return appendEntry(options.transaction ?? database, options.key ?? null, encodeLeaf(leaf));
    },
    async publish() {
      const { size, root, note } = await database.transaction(async (transaction) => {
        await takeTurn(transaction);
        await publishKey(directory, key.publicKey);
        return publishTree({ transaction, directory, key, clock });
      });
      return { size, root: root.toString('base64'), checkpoint: note };
    },
    prove: (index) => proveInclusion(directory, index),
  };
}

function encodeLeaf(leaf: Leaf): string {
  const entry = canonicalJson(leaf);
  const bytes = Buffer.byteLength(entry);
  if (bytes > maximumEntryBytes) {
    throw new HoldfastError('audit-leaf-too-large', { kind: leaf.kind, bytes, limit: maximumEntryBytes });
  }
  return entry;
}

/** A copy of the log's directory can be checked for consistency without the data directory. */
async function publishKey(directory: string, { verifier }: PublicKey): Promise<void> {
  const path = join(directory, 'log.pub');
  if ((await readIfThere(path)) === undefined) await writeFileAtomic(path, `${verifier}\n`, 0o644);
}

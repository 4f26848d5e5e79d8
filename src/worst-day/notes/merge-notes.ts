import type { AuditLog } from '../../audit/types.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Clock } from '../../lib/clock.ts';
import { sha256 } from '../../lib/hash.ts';
import type { Redact } from '../../lib/redact.ts';
import type { Database } from '../../store/types.ts';
import type { Note, ReadNotes } from './read-notes.ts';

export interface MergeOptions {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly site: string;
  readonly actor: string;
  /** Name of the file and hash of its bytes. */
  readonly source: { readonly name: string; readonly sha256: string };
  /** sha256 of the manifest of the bundle that they were written beside. */
  readonly bundle?: string;
  readonly notes: ReadNotes;
}

export interface MergedNote extends Note {
  readonly id: string;
  /** Index of its leaf; null when it had been merged before. */
  readonly leaf: number | null;
}

/**
 * Records notes with the times that people wrote, in the order of those times: a row and a leaf each, in one transaction. A note
 * that is there already adds nothing, also when its file has grown since. Secrets are taken out first.
 */
export async function mergeNotes(options: MergeOptions): Promise<readonly MergedNote[]> {
  const { database, audit, clock, redact, site, actor, source, bundle } = options;
  const mergedAt = clock.now().toISOString();
  const clean = named(
    site,
    options.notes.notes.map((note) => redactedNote(note, redact)),
  );
  return await database.transaction(async (transaction) => {
    const fresh = new Set<string>();
    for (const { id, line, writtenAt, who, place, text } of clean) {
      const rows = await transaction.query(
        `insert into notes (id, site, written_at, merged_at, merged_by, who, place, text, source, source_sha256, line,
                            bundle_sha256)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (id) do nothing returning id`,
        [
          id,
          site,
          writtenAt,
          mergedAt,
          actor,
          who ?? null,
          place ?? null,
          text,
          source.name,
          source.sha256,
          line,
          bundle ?? null,
        ],
      );
      if (rows.length > 0) fresh.add(id);
    }
    const merged: MergedNote[] = [];
    for (const note of clean) {
      const { id, line, writtenAt, who, place, text } = note;
      const leaf = {
        kind: 'note',
        time: mergedAt,
        actor,
        facts: {
          site,
          note: id,
          writtenAt,
          mergedAt,
          text,
          source: source.name,
          sourceSha256: source.sha256,
          line,
          ...(who === undefined ? {} : { who }),
          ...(place === undefined ? {} : { place }),
          ...(bundle === undefined ? {} : { bundle }),
        },
      };
      const index = fresh.has(id) ? await audit.append(leaf, { key: `note:${id}`, transaction }) : null;
      merged.push({ ...note, leaf: index });
    }
    return merged;
  });
}

function redactedNote(note: Note, redact: Redact): Note {
  return {
    ...note,
    text: redact(note.text),
    ...(note.who === undefined ? {} : { who: redact(note.who) }),
    ...(note.place === undefined ? {} : { place: redact(note.place) }),
  };
}

/** In the order in which things happened; equal lines of one file are told apart by counting them. */
function named(site: string, notes: readonly Note[]): readonly (Note & { readonly id: string })[] {
  const seen = new Map<string, number>();
  return [...notes]
    .sort((a, b) => (a.writtenAt === b.writtenAt ? a.line - b.line : a.writtenAt < b.writtenAt ? -1 : 1))
    .map((note) => {
      const { line: _line, ...content } = note;
      const key = canonicalJson({ site, ...content });
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return { ...note, id: sha256(`${key}\n${count}`) };
    });
}

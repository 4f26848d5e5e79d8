import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';

/** The leaf of an evidence file, as far as its verifier needs it. */
export const EvidenceLeaf = z.object({
  kind: z.literal('evidence'),
  run: z.string(),
  facts: z.object({
    /** Note verifier form of the key that signed. */
    key: z.string(),
    payloadSha256: z.string(),
    /** Short hashes of the statement's fields, by path. */
    fields: z.record(z.string(), z.string()),
  }),
});
export type EvidenceLeaf = z.infer<typeof EvidenceLeaf>;

/** Reads an entry as the leaf of an evidence file; undefined when it is none, or not in its canonical text. */
export function readEvidenceLeaf(entry: string): EvidenceLeaf | undefined {
  try {
    const value: unknown = JSON.parse(entry);
    const parsed = EvidenceLeaf.safeParse(value);
    return parsed.success && canonicalJson(value) === entry ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

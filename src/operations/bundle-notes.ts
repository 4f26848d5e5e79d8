import { basename } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { readEverySecret } from './bundle-secrets.ts';
import { defineOperation } from './types.ts';

const MergedNote = z.object({
  line: z.number(),
  writtenAt: z.string(),
  who: z.string().optional(),
  place: z.string().optional(),
  text: z.string(),
  id: z.string(),
  leaf: z.number().nullable().describe('Number of its leaf in the audit log; null when it had been merged before'),
});

export const bundleNotes = defineOperation({
  name: 'bundle notes',
  title: 'Merge notes kept on paper or on the stick into the record, with their original times',
  description:
    'Reads a text file of notes, one line each: `14:35 [Jo, restore step 3] second disk found`. Times may be written as 14:35, ' +
    '2026-01-12 14:35, 2:35 PM, 오후 2:35, 下午 2:35, or in ISO with a zone; without a date a line has that of the line before. Each note ' +
    'becomes a record and a leaf of the audit log with both times, when it was written and when it was merged. The same note is recorded ' +
    'once, however often its file is merged. Lines that are not understood are listed and not dropped: mend them and merge again.',
  input: z.strictObject({
    file: z.string().describe('The text file'),
    bundle: z.string().optional().describe('The bundle that lay beside it: the record then names its manifest'),
    date: z.string().optional().describe('Day of the first lines when they have none, as 2026-01-12'),
    incidentTimeZone: z
      .string()
      .optional()
      .describe('Time zone of the clocks people looked at; that of the site without it'),
    dryRun: z.boolean().default(false).describe('Show what would be recorded, and record nothing'),
  }),
  output: z.object({
    site: z.string(),
    timeZone: z.string(),
    recorded: z.number(),
    before: z.number().describe('Notes that had been merged before'),
    notes: z.array(MergedNote).describe('In the order in which things happened'),
    notUnderstood: z.array(z.object({ line: z.number(), text: z.string(), why: z.string() })),
    unread: z.array(z.string()).describe('Secrets that could not be read, so that notes were not searched for them'),
    dryRun: z.boolean(),
  }),
  positional: ['file'],
  permission: 'notes.write',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    {
      command: 'bundle notes /media/stick/worst-day/notes.txt',
      does: 'merges them; doing it again adds only what is new',
    },
    { command: 'bundle notes paper.txt --date 2026-01-12', does: 'for lines that begin with the time alone' },
  ],
  async handle({ services }, { file, bundle, date, incidentTimeZone, dryRun }) {
    const [{ readNotesFile }, { readNotes }, { mergeNotes }, { redactAll }] = await Promise.all([
      import('../worst-day/notes/read-file.ts'),
      import('../worst-day/notes/read-notes.ts'),
      import('../worst-day/notes/merge-notes.ts'),
      import('../lib/redact-all.ts'),
    ]);
    const { site } = await services.site();
    const timeZone = knownZone(incidentTimeZone ?? site.timezone);
    const first = date === undefined ? {} : { date: await dayFrom(date) };
    const { text, sha256 } = await readNotesFile(file);
    const beside = bundle === undefined ? {} : { bundle: await manifestOf(bundle, site.site) };
    // A note may hold the password that somebody had to type.
    const unread = await readEverySecret(services);
    const notes = readNotes(text, { timeZone, ...first });
    const { redact } = services;
    const notUnderstood = redactAll([...notes.notUnderstood], redact);
    const result = { site: site.site, timeZone, notUnderstood, unread, dryRun };
    if (dryRun) {
      const shown = redactAll([...notes.notes], redact).map((note) => ({ ...note, id: '', leaf: null }));
      return { ...result, recorded: 0, before: 0, notes: shown };
    }
    const { database, audit } = await services.records();
    const merged = await mergeNotes({
      ...{ database, audit, redact, notes, ...beside },
      clock: services.clock,
      site: site.site,
      actor: services.actor.name,
      source: { name: redact(basename(file)), sha256 },
    });
    await audit.publish();
    const recorded = merged.filter(({ leaf }) => leaf !== null).length;
    return { ...result, recorded, before: merged.length - recorded, notes: [...merged] };
  },
  text(output, style) {
    const lines = output.notes.map(({ writtenAt, who, place, text, leaf }) => {
      const by = [who, place].filter((part) => part !== undefined).join(', ');
      const sign = output.dryRun ? style.dim('·') : leaf === null ? style.dim('=') : style.green('✔');
      return `${sign} ${writtenAt}${by === '' ? '' : ` [${by}]`} ${text.replaceAll('\n', '\n    ')}`;
    });
    for (const { line, text, why } of output.notUnderstood) {
      lines.push(`${style.yellow('?')} line ${line}: ${why}: ${text}`);
    }
    for (const name of output.unread) {
      lines.push(`${style.yellow('!')} ${name} could not be read: the notes were not searched for it`);
    }
    const counted = output.dryRun ? 'nothing recorded' : `${output.recorded} recorded, ${output.before} were there`;
    const open = output.notUnderstood.length;
    lines.push(
      `${counted} · times of ${output.timeZone}${open === 0 ? '' : ` · ${style.yellow(`${open} not understood`)}`}`,
    );
    return lines.join('\n');
  },
  exit: ({ notUnderstood }) => (notUnderstood.length === 0 ? 'ok' : 'failed'),
});

function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch (error) {
    throw new HoldfastError('notes-zone-unknown', { zone }, { cause: error });
  }
}

async function dayFrom(date: string) {
  const { readWritten } = await import('../worst-day/notes/moment.ts');
  const written = readWritten(date.trim());
  if (written?.date === undefined || written.rest !== '' || written.ofDay !== undefined) {
    throw new HoldfastError('notes-date-wrong', { date });
  }
  return written.date;
}

/** Notes of one site must not come into the record of another. */
async function manifestOf(bundle: string, site: string): Promise<string> {
  const { verifyBundle } = await import('../worst-day/verify-bundle.ts');
  const { manifest, manifestSha256 } = await verifyBundle(bundle);
  if (manifest.site !== site) throw new HoldfastError('notes-other-site', { found: manifest.site, site });
  return manifestSha256;
}

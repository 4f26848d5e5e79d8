import { z } from 'zod';
import { formatBytes } from '../lib/bytes.ts';
import { readEverySecret } from './bundle-secrets.ts';
import { hasRecords } from './has-records.ts';
import { defineOperation } from './types.ts';

const languages = ['en', 'ko', 'zh-Hant'] as const;

const Output = z.object({
  directory: z.string(),
  site: z.string(),
  madeAt: z.string(),
  languages: z.array(z.enum(languages)),
  files: z.number(),
  bytes: z.number(),
  manifestSha256: z.string().describe('Names the whole bundle: note it on paper, apart from the stick'),
  key: z.string().describe('Public key that signed, as `name+id+base64`'),
  recorded: z.boolean().describe('False where there are no records yet, so that no drill is known'),
  runbooks: z.number(),
  notUnderstood: z.number().describe('Pieces of runbooks that were not understood; their pages list them'),
  unread: z.array(z.string()).describe('Secrets that could not be read, so that texts were not searched for them'),
});

export const bundle = defineOperation({
  name: 'bundle',
  title: 'Write the worst-day bundle: pages for a stick that need neither Holdfast nor a network',
  description:
    'Writes a directory of static pages that open in any browser from a USB stick: the first five minutes, the site map, people, every ' +
    'runbook with boxes to tick, the exact commands that restore each asset with restic and PostgreSQL alone, where passwords are kept ' +
    '(never a password), and how to keep notes. It is signed; `holdfast bundle verify` names each file that was changed. A bundle that ' +
    'is there already is replaced at once, and its notes.txt stays; any other directory is refused. docs/worst-day.md says more.',
  input: z.strictObject({
    directory: z
      .string()
      .optional()
      .describe('Where it is written; worst-day-<site> in the current directory without it'),
    language: z
      .enum([...languages, 'all'])
      .optional()
      .describe('Language of its pages, or all of them; the one of the site without it'),
  }),
  output: Output,
  positional: ['directory'],
  permission: 'bundle.write',
  effects: ['read', 'write'],
  faces: ['cli'],
  examples: [
    { command: 'bundle /media/stick/worst-day', does: 'writes it on a stick, in the language of the site' },
    { command: 'bundle --language all', does: 'writes it in English, Korean and Traditional Chinese' },
  ],
  async handle({ services }, { directory, language }) {
    const [{ makeBundle }, { openSigningKey }] = await Promise.all([
      import('../worst-day/bundle.ts'),
      import('../audit/keys.ts'),
    ]);
    const loaded = await services.site();
    const unread = await readEverySecret(services);
    const records = (await hasRecords(services)) ? await services.records() : undefined;
    const chosen = language ?? services.options.language ?? loaded.site.language;
    const written = await makeBundle({
      directory: directory ?? `worst-day-${loaded.site.site}`,
      loaded,
      languages: chosen === 'all' ? inOrder(loaded.site.language) : [chosen],
      key: records?.key ?? (await openSigningKey(services.options.data)),
      records: records?.database,
      now: services.clock.now(),
      redact: services.redact,
    });
    const { picture, manifestSha256, files, bytes } = written;
    await records?.audit.append({
      kind: 'worst-day-bundle',
      time: picture.madeAt,
      actor: services.actor.name,
      facts: { site: picture.site, manifestSha256, files, languages: [...picture.languages] },
    });
    return {
      directory: written.directory,
      site: picture.site,
      madeAt: picture.madeAt,
      languages: [...picture.languages],
      ...{ files, bytes, manifestSha256 },
      key: picture.key,
      recorded: picture.recorded,
      runbooks: picture.runbooks.length,
      notUnderstood: picture.runbooks.reduce((sum, { procedure }) => sum + procedure.notUnderstood.length, 0),
      unread,
    };
  },
  text(output, style) {
    const understood =
      output.notUnderstood === 0 ? '' : `, of which ${output.notUnderstood} pieces were not understood`;
    const lines = [
      `${style.green('✔')} ${style.bold(output.directory)} · ${output.files} files, ${formatBytes(output.bytes)} · ${output.languages.join(', ')}`,
      `  open index.html in any browser; ${output.runbooks} ${output.runbooks === 1 ? 'runbook' : 'runbooks'}${understood}`,
      style.dim(`  note on paper, apart from the stick: key ${output.key}`),
      style.dim(`  manifest sha256 ${output.manifestSha256}`),
    ];
    if (!output.recorded) lines.push(`${style.yellow('!')} no records yet: no recovery point and no drill is known`);
    for (const name of output.unread) {
      lines.push(`${style.yellow('!')} ${name} could not be read: the pages were not searched for it`);
    }
    return lines.join('\n');
  },
});

/** The language of the site is the one that the first page is in. */
function inOrder(first: (typeof languages)[number]): (typeof languages)[number][] {
  return [first, ...languages.filter((other) => other !== first)];
}

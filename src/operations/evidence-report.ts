import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { readEvidence } from './evidence.ts';
import { trustedKey } from './trusted-key.ts';
import { defineOperation } from './types.ts';

export const evidenceReport = defineOperation({
  name: 'evidence report',
  title: 'Write the report of an evidence file again, in the language of its reader',
  description:
    'Verifies an evidence file and writes its report as one HTML page that needs nothing else, in English, Korean or Traditional ' +
    'Chinese (--language) and for the time zone given. The evidence stays as it is: the report is a view of it.',
  input: z.strictObject({
    file: z.string().describe('The .dsse file'),
    out: z.string().optional().describe('Where the page is written; beside the evidence without it'),
    timezone: z.string().default('UTC').describe('Time zone of the reader, as Asia/Seoul'),
    key: z
      .string()
      .optional()
      .describe('File with the public key that must have signed; else the key of this data directory'),
  }),
  output: z.object({ report: z.string(), language: z.string(), verdict: z.string() }),
  positional: ['file'],
  permission: 'evidence.read',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    {
      command: 'evidence report evidence/drill-20261120T040000Z-1f2e3d4c.dsse --language ko --timezone Asia/Seoul',
      does: 'writes it in Korean',
    },
  ],
  async handle({ services }, { file, out, timezone, key }) {
    const [{ verifyEvidence }, { readCheckpoint }, { renderReport }, { sha256 }, { writeFileAtomic }] =
      await Promise.all([
        import('../evidence/verify-bundle.ts'),
        import('../audit/checkpoint.ts'),
        import('../evidence/report/render.ts'),
        import('../lib/hash.ts'),
        import('../lib/files.ts'),
      ]);
    const bytes = await readEvidence(file);
    const trusted = await trustedKey(services.options.data, key, { own: true });
    const verified = verifyEvidence(
      bytes,
      trusted === undefined ? {} : { trustedKey: trusted.key, trustedFrom: trusted.from },
    );
    const language = services.options.language ?? 'en';
    const [keyId = ''] = verified.key.split('+');
    const page = renderReport(verified.outcome, {
      language,
      timezone,
      generatedAt: services.clock.now().toISOString(),
      evidence: {
        file: basename(file),
        sha256: sha256(bytes),
        keyId,
        leaf: verified.leaf,
        treeSize: verified.treeSize,
        root: readCheckpoint(verified.checkpoint)?.root.toString('base64') ?? '',
      },
    });
    const report = resolve(out ?? `${file.replace(/\.dsse$/, '')}.${language}.html`);
    await writeFileAtomic(report, page, 0o644);
    return { report, language, verdict: verified.outcome.verdict };
  },
  text: ({ report }, style) => `${style.green('✔')} ${report}`,
});

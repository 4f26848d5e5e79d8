import { basename, resolve } from 'node:path';
import { z } from 'zod';
import type { Language } from '../evidence/report/messages/catalogue.ts';
import type { ReportEvidence } from '../evidence/report/render.ts';
import type { VerifiedEvidence } from '../evidence/verify-bundle.ts';
import { readEvidence } from './evidence.ts';
import { languageOf } from './language.ts';
import { trustedKey } from './trusted-key.ts';
import { defineOperation } from './types.ts';

export const evidenceReport = defineOperation({
  name: 'evidence report',
  title: 'Write the report of an evidence file again, in the language of its reader',
  description:
    'Verifies an evidence file and writes its report as one HTML page that needs nothing else, in English, Korean or Traditional ' +
    'Chinese (--language) and for the time zone given; that of a run of a runbook for the time zone of its site. The evidence stays as it ' +
    'is: the report is a view of it.',
  input: z.strictObject({
    file: z.string().describe('The .dsse file'),
    out: z.string().optional().describe('Where the page is written; beside the evidence without it'),
    timezone: z.string().default('UTC').describe('Time zone of the reader, as Asia/Seoul'),
    key: z
      .string()
      .optional()
      .describe('File with the public key that must have signed; else the key of this data directory'),
  }),
  output: z.object({
    report: z.string(),
    language: z.string(),
    verdict: z.string().describe('Of a drill or recovery its verdict, of a run of a runbook how it ended'),
  }),
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
    const [{ verifyEvidence }, { readCheckpoint }, { sha256 }, { writeFileAtomic }] = await Promise.all([
      import('../evidence/verify-bundle.ts'),
      import('../audit/checkpoint.ts'),
      import('../lib/hash.ts'),
      import('../lib/files.ts'),
    ]);
    const bytes = await readEvidence(file);
    const trusted = await trustedKey(services.options.data, key, { own: true });
    const verified = verifyEvidence(
      bytes,
      trusted === undefined ? {} : { trustedKey: trusted.key, trustedFrom: trusted.from },
    );
    const language = await languageOf(services);
    const [keyId = ''] = verified.key.split('+');
    const proof = {
      file: basename(file),
      sha256: sha256(bytes),
      keyId,
      leaf: verified.leaf,
      treeSize: verified.treeSize,
      root: readCheckpoint(verified.checkpoint)?.root.toString('base64') ?? '',
    };
    const page = await pageOf(verified, proof, language, timezone, services.clock.now());
    const report = resolve(out ?? `${file.replace(/\.dsse$/, '')}.${language}.html`);
    await writeFileAtomic(report, page, 0o644);
    const verdict = verified.about === 'procedure' ? verified.outcome.ending : verified.outcome.verdict;
    return { report, language, verdict };
  },
  text: ({ report }, style) => `${style.green('✔')} ${report}`,
});

async function pageOf(
  verified: VerifiedEvidence,
  evidence: ReportEvidence,
  language: Language,
  timezone: string,
  now: Date,
): Promise<string> {
  if (verified.about === 'procedure') {
    const { renderReport } = await import('../procedures/report/render.ts');
    return renderReport(verified.outcome, evidence, language);
  }
  const { renderReport } = await import('../evidence/report/render.ts');
  return renderReport(verified.outcome, { language, timezone, generatedAt: now.toISOString(), evidence });
}

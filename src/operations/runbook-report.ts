import { join, resolve } from 'node:path';
import { z } from 'zod';
import { runEndings } from '../evidence/procedure-model.ts';
import { defineOperation } from './types.ts';

export const runbookReport = defineOperation({
  name: 'runbook report',
  title: 'Write the report of a run of a runbook again, in the language of its reader',
  description:
    'Finds the signed evidence of a run in this data directory, verifies it, and writes its report as HTML and Markdown, in English, Korean ' +
    'or Traditional Chinese (--language); with --hand-over the one page for whoever takes over. The evidence stays as it is, and no ' +
    'database is needed.',
  input: z.strictObject({
    run: z.string().describe('Id of the run, as `runs list` shows it'),
    handOver: z.boolean().default(false).describe('The hand-over page instead of the report'),
    out: z.string().optional().describe('Directory to write to; beside the evidence without it'),
  }),
  output: z.object({
    run: z.string(),
    ending: z.enum(runEndings),
    language: z.string(),
    html: z.string().describe('Path of the page'),
    markdown: z.string().describe('Path of the same in Markdown'),
  }),
  positional: ['run'],
  permission: 'evidence.read',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    {
      command: 'runbook report runbook-20261120T180400Z-5e1f00d5 --language ko',
      does: 'writes the report in Korean',
    },
    {
      command: 'runbook report runbook-20261120T180400Z-5e1f00d5 --hand-over',
      does: 'writes the page for whoever takes over',
    },
  ],
  async handle({ services }, { run, handOver, out }) {
    const [{ ownPublicKey }, { findProcedureEvidence }, { writeFileAtomic }, pages] = await Promise.all([
      import('../audit/keys.ts'),
      import('../procedures/report/read-evidence.ts'),
      import('../lib/files.ts'),
      import('../procedures/report/pages.ts'),
    ]);
    const { data, language = 'en' } = services.options;
    const trustedKey = await ownPublicKey(data);
    const found = await findProcedureEvidence(
      data,
      run,
      trustedKey === undefined ? {} : { trustedKey, trustedFrom: 'data-directory' },
    );
    const directory = resolve(out ?? join(found.path, '..'));
    const name = join(directory, `${handOver ? 'hand-over' : 'report'}.${language}`);
    const page = handOver ? pages.handOverPages(found, language) : pages.reportPages(found, language);
    await writeFileAtomic(`${name}.html`, page.html);
    await writeFileAtomic(`${name}.md`, page.markdown);
    return { run, ending: found.outcome.ending, language, html: `${name}.html`, markdown: `${name}.md` };
  },
  text: ({ html, markdown }, style) => `${style.green('✔')} ${html}\n${style.green('✔')} ${markdown}`,
});

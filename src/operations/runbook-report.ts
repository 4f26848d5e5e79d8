import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { type ProcedureOutcome, runEndings } from '../evidence/procedure-model.ts';
import type { Language } from '../evidence/report/messages/catalogue.ts';
import type { VerifyOptions } from '../evidence/verify-bundle.ts';
import type { Pages } from '../procedures/report/pages.ts';
import type { ProcedureEvidence } from '../procedures/report/read-evidence.ts';
import { languageOf } from './language.ts';
import type { Services } from './services.ts';
import { defineOperation } from './types.ts';

export const runbookReport = defineOperation({
  name: 'runbook report',
  title: 'Write the report of a run of a runbook again, in the language of its reader',
  description:
    'Finds the signed evidence of a run in this data directory, verifies it, and writes its report as HTML and Markdown, in English, Korean ' +
    'or Traditional Chinese (--language); with --hand-over the one page for whoever takes over. The evidence stays as it is, and no ' +
    'database is needed. Of a run that has not ended, such as an interrupted one, there is the hand-over page alone: it is made from what is recorded.',
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
    const { writeFileAtomic } = await import('../lib/files.ts');
    const language = await languageOf(services);
    const { page, ending, directory } = handOver
      ? await handOverOf(services, run, language)
      : await reportOf(services, run, language);
    const name = join(resolve(out ?? directory), `${handOver ? 'hand-over' : 'report'}.${language}`);
    await writeFileAtomic(`${name}.html`, page.html);
    await writeFileAtomic(`${name}.md`, page.markdown);
    return { run, ending, language, html: `${name}.html`, markdown: `${name}.md` };
  },
  text: ({ html, markdown }, style) => `${style.green('✔')} ${html}\n${style.green('✔')} ${markdown}`,
});

interface Written {
  readonly page: Pages;
  readonly ending: ProcedureOutcome['ending'];
  readonly directory: string;
}

async function reportOf(services: Services, run: string, language: Language): Promise<Written> {
  const [{ reportPages }, found] = await Promise.all([
    import('../procedures/report/pages.ts'),
    signedRun(services, run),
  ]);
  return { page: reportPages(found, language), ending: found.outcome.ending, directory: dirname(found.path) };
}

/** Of a run that was not signed yet, from what is recorded of it. Errors: `run-unknown`, `run-no-runbook`. */
async function handOverOf(services: Services, run: string, language: Language): Promise<Written> {
  const { handOverPages } = await import('../procedures/report/pages.ts');
  try {
    const found = await signedRun(services, run);
    return { page: handOverPages(found, language), ending: found.outcome.ending, directory: dirname(found.path) };
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'run-not-signed') throw error;
  }
  const [{ outcomeSoFar }, { estateOf }, { placeOf }] = await Promise.all([
    import('../procedures/outcome-so-far.ts'),
    import('./estate.ts'),
    import('../procedures/report/place.ts'),
  ]);
  const records = await services.records();
  const known = await outcomeSoFar(await estateOf(services, records), await records.runs.show(run));
  const { directory } = placeOf(services.options.data, known.outcome);
  return { page: handOverPages(known, language), ending: known.outcome.ending, directory };
}

async function signedRun({ options }: Services, run: string): Promise<ProcedureEvidence> {
  const [{ ownPublicKey }, { findProcedureEvidence }] = await Promise.all([
    import('../audit/keys.ts'),
    import('../procedures/report/read-evidence.ts'),
  ]);
  const trustedKey = await ownPublicKey(options.data);
  const trusted: VerifyOptions = trustedKey === undefined ? {} : { trustedKey, trustedFrom: 'data-directory' };
  return await findProcedureEvidence(options.data, run, trusted);
}

import { z } from 'zod';
import { formatBytes } from '../lib/bytes.ts';
import { defineOperation } from './types.ts';

export const protect = defineOperation({
  name: 'protect',
  title: 'Make a recovery point of each asset and copy it to its stores',
  description:
    'Backs up each asset into its first store and copies the recovery point to its others. Counts, content hashes, schema and ' +
    'file manifest are recorded in the same moment as the backup, so that a later restore can be compared with them. A backup ' +
    'that is empty, sharply smaller than the last one, or that its program complained about is a failure and is not recorded ' +
    'as a recovery point.',
  input: z.strictObject({
    assets: z.array(z.string()).default([]).describe('Assets to protect; all of them without it'),
  }),
  output: z.object({
    run: z.string(),
    site: z.string(),
    results: z.array(
      z.object({
        asset: z.string(),
        protected: z
          .object({
            point: z.object({
              id: z.string(),
              takenAt: z.string(),
              bytes: z.number(),
              files: z.number(),
              rows: z.number().nullable(),
            }),
            copies: z.array(z.object({ store: z.string(), tier: z.string() })),
            added: z.number(),
            warnings: z.array(z.string()),
          })
          .nullable(),
        error: z
          .object({ code: z.string(), message: z.string(), why: z.string(), hint: z.string(), state: z.string() })
          .nullable(),
      }),
    ),
  }),
  positional: ['assets'],
  permission: 'backups.run',
  effects: ['read', 'write', 'egress'],
  gate: 'backup.run',
  long: true,
  faces: ['cli', 'http'],
  examples: [
    { command: 'protect', does: 'protects every asset of ./holdfast.yaml' },
    { command: 'protect ledger', does: 'protects one asset' },
    { command: 'protect --json', does: 'the same for a scheduler: one JSON value, exit code 1 when an asset failed' },
  ],
  async handle({ services }, input) {
    const [{ protect: workflow, selectAssets }, { estateOf, sourceOf }, { refuseClosed, wantedToProtect }] =
      await Promise.all([import('../protection/protect.ts'), import('./estate.ts'), import('./closed-gates.ts')]);
    const source = await sourceOf(services);
    const assets = selectAssets(source, input.assets);
    const records = await services.records();
    await refuseClosed(services, records, 'protect', source.site.site, wantedToProtect(source.site, assets));
    const estate = await estateOf(services, records);
    const run = await records.runs.start(workflow(estate), { source, assets }, { site: source.site.site });
    return { run: run.id, site: source.site.site, results: [...(await run.result())] };
  },
  text(output, style) {
    const lines: string[] = [];
    for (const { asset, protected: made, error } of output.results) {
      if (made !== null) {
        const size = [
          formatBytes(made.point.bytes),
          made.point.rows === null ? `${made.point.files} files` : `${made.point.rows.toLocaleString('en')} rows`,
          `${formatBytes(made.added)} new`,
        ];
        lines.push(
          `${style.green('✔')} ${style.bold(made.point.id)}  ${size.join(' · ')} · in ${made.copies.map((copy) => copy.store).join(', ')}`,
        );
        for (const warning of made.warnings) lines.push(`  ${style.yellow('!')} ${warning}`);
      }
      if (error !== null) {
        lines.push(
          `${style.red('✘')} ${style.bold(asset)}  ${error.message}`,
          `  ${error.why}`,
          `  ${error.hint}`,
          `  ${style.dim(error.state)}`,
        );
      }
    }
    return lines.join('\n');
  },
  exit: (output) => (output.results.every((result) => result.error === null) ? 'ok' : 'failed'),
});

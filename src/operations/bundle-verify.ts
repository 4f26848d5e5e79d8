import { z } from 'zod';
import { signerWords, trustedKey } from './trusted-key.ts';
import { defineOperation } from './types.ts';

export const bundleVerify = defineOperation({
  name: 'bundle verify',
  title: 'Tell which files of a worst-day bundle were changed, added or removed',
  description:
    'Compares every file of a bundle with what was signed, offline: no database, no site file. Notes in notes.txt are expected and are ' +
    'not signed. Who signed is known by the key of this data directory, or by the one named with --key, which must come from ' +
    'elsewhere than the bundle.',
  input: z.strictObject({
    directory: z.string().describe('The directory of the bundle'),
    key: z
      .string()
      .optional()
      .describe('File with the public key that must have signed; else the key of this data directory'),
    anySigner: z.boolean().default(false).describe('Compare only, whoever signed'),
  }),
  output: z.object({
    directory: z.string(),
    site: z.string(),
    madeAt: z.string(),
    files: z.number(),
    intact: z.boolean(),
    differences: z.array(z.object({ file: z.string(), what: z.enum(['changed', 'added', 'removed']) })),
    notes: z.boolean().describe('There is a notes.txt'),
    manifestSha256: z.string(),
    key: z.string(),
    signer: z.string(),
  }),
  positional: ['directory'],
  permission: 'bundle.read',
  effects: ['read'],
  faces: ['cli'],
  examples: [
    { command: 'bundle verify /media/stick/worst-day', does: 'compares a bundle of this data directory' },
    { command: 'bundle verify . --key clinic.pub', does: 'compares one of another data directory' },
  ],
  async handle({ services }, { directory, key, anySigner }) {
    const { verifyBundle } = await import('../worst-day/verify-bundle.ts');
    const trusted = anySigner ? undefined : await trustedKey(services.options.data, key, { own: true });
    const verified = await verifyBundle(directory, trusted?.key);
    const { manifest, differences, notes, manifestSha256 } = verified;
    return {
      directory,
      site: manifest.site,
      madeAt: manifest.madeAt,
      files: manifest.files.length,
      intact: differences.length === 0,
      differences: [...differences],
      ...{ notes, manifestSha256 },
      key: manifest.key,
      signer: signerWords(trusted?.from),
    };
  },
  text(output, style) {
    const known = output.signer.startsWith('signed');
    const signer = `${known ? style.green('✔') : style.yellow('?')} ${output.signer}`;
    const of = `${output.site}, ${output.madeAt}, ${output.files} files`;
    if (output.intact) return `${style.green('✔')} as it was signed · ${of}\n${signer}`;
    const lines = output.differences.map(({ file, what }) => `${style.red('✘')} ${what.padEnd(8)} ${file}`);
    return [`${style.red('✘')} ${style.bold('not as it was signed')} · ${of}`, ...lines, signer].join('\n');
  },
  exit: ({ intact }) => (intact ? 'ok' : 'notProven'),
});

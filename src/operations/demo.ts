import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AssetLoss, Outcome } from '../evidence/model.ts';
import { formatDuration } from '../lib/duration.ts';
import { describeControl, describeOutcome } from './describe-outcome.ts';
import { defineOperation } from './types.ts';

const Proof = z.object({
  outcome: Outcome,
  evidence: z.string(),
  evidenceSha256: z.string(),
  report: z.string(),
  leaf: z.number(),
});

export const demo = defineOperation({
  name: 'demo',
  title: 'Protect a real database and its files, lose them, bring them back and prove it',
  description:
    'Makes an invented hospital in a new directory: a PostgreSQL server of its own with 330,000 rows, and 2,100 documents. Protects ' +
    'both, lets work go on, kills the server and removes everything, tells what was lost, rehearses the recovery in a sandbox, ' +
    'shows that one flipped byte is found, recovers into place, verifies, and says where the report and the evidence are. It ' +
    'touches nothing outside that directory and leaves no process behind. All gates are closed there too: at a terminal it asks which ' +
    'to open and for how long, and Enter accepts; elsewhere, and with --yes, it opens those it needs for an hour, in that directory ' +
    'alone, and the record says that nobody was asked.',
  input: z.strictObject({
    directory: z
      .string()
      .optional()
      .describe('An empty or new directory for the hospital; /var/tmp/holdfast-demo-... without it'),
    scale: z.number().min(0.001).max(10).default(1).describe('Size of the hospital: 1 is 330,000 rows'),
    yes: z.boolean().default(false).describe('Open the gates that the story needs without asking'),
  }),
  output: z.object({
    directory: z.string(),
    site: z.string().describe('Path of the site file'),
    data: z.string().describe("The demo's own data directory"),
    gates: z
      .object({
        opened: z.array(z.string()),
        for: z.string(),
        chosen: z.string().describe('By whom, or why nobody was asked'),
      })
      .describe('What was opened, in that data directory alone'),
    durationMs: z.number(),
    rows: z.number(),
    files: z.number(),
    loss: z.array(AssetLoss),
    drill: Proof,
    negativeControl: Proof,
    recovery: Proof,
    auditLeaves: z.number().describe('Leaves of the audit log, verified from files alone'),
  }),
  permission: 'demo.run',
  effects: ['write', 'destroy'],
  faces: ['cli'],
  examples: [
    { command: 'demo', does: 'runs the whole story in about a minute' },
    { command: 'demo --yes', does: 'asks nothing' },
    { command: 'demo --scale 0.1', does: 'a smaller hospital' },
  ],
  async handle({ services, signal, report }, input) {
    const given = input.directory;
    const { gatesForStory } = await import('./demo-gates.ts');
    const gates = await gatesForStory(services, input, signal);
    const directory = given === undefined ? await mkdtemp('/var/tmp/holdfast-demo-') : resolve(given);
    const { tellStory } = await import('./demo-story.ts');
    try {
      return await tellStory(services, {
        directory,
        data: join(directory, 'holdfast'),
        scale: input.scale,
        gates,
        signal,
        report,
      });
    } catch (error) {
      // A story that was broken off is of no use; one that failed is kept, to be looked at.
      if (given === undefined && signal.aborted) await (await import('../process/scratch.ts')).removeTree(directory);
      throw error;
    }
  },
  text(output, style) {
    const { recovery, negativeControl } = output;
    return [
      describeOutcome(recovery, style),
      '',
      describeControl(negativeControl.outcome, style),
      '',
      `${style.green('✔')} ${output.rows.toLocaleString('en')} rows and ${output.files.toLocaleString('en')} files were protected, lost and brought back in ${formatDuration(output.durationMs)}.`,
      '',
      `Report    ${style.bold(recovery.report)}`,
      `Evidence  ${style.bold(recovery.evidence)}`,
      `Drill     ${output.drill.report}`,
      '',
      'Look closer:',
      ...pathToHoldfast(),
      `  holdfast evidence verify ${recovery.evidence}`,
      `  holdfast drill --site ${output.site} --data ${output.data}`,
      `  holdfast audit verify --data ${output.data}`,
      style.dim(
        `Open for ${output.gates.for}, in that directory alone: ${output.gates.opened.join(', ')} (${output.gates.chosen}).`,
      ),
      style.dim(`Nothing is running any more. Remove the demo with: rm -r ${output.directory}`),
    ].join('\n');
  },
  exit: ({ drill, recovery, negativeControl }) =>
    drill.outcome.verdict === 'PROVEN' &&
    recovery.outcome.verdict === 'PROVEN' &&
    negativeControl.outcome.assets.every((asset) => asset.verdict === 'FAILED')
      ? 'ok'
      : 'notProven',
});

/** From a source tree `holdfast` is no command yet: what is printed is to work when it is pasted. */
function pathToHoldfast(): string[] {
  const directory = resolve(fileURLToPath(new URL('../..', import.meta.url)));
  const isThere = (place: string) => existsSync(join(place, 'holdfast'));
  const places = (process.env.PATH ?? '').split(delimiter).filter((place) => place !== '');
  return !isThere(directory) || places.some(isThere) ? [] : [`  export PATH="${directory}:$PATH"`];
}
